coursepack.step({
 "n": 1,
 "html": null,
 "questions": [],
 "reflections": []
});
