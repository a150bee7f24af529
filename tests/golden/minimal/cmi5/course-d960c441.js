coursepack.course({
 "v": 1,
 "target": "cmi5",
 "course": {
  "id": "https://example.org/courses/minimal",
  "slug": "minimal",
  "title": "Minimal",
  "version": "1.0.0",
  "language": "en",
  "direction": "ltr"
 },
 "steps": [
  {
   "n": 1,
   "id": "hello",
   "title": "Hello",
   "src": "steps/1-bbd8d54a.js",
   "required": true
  }
 ],
 "quizzes": [],
 "activities": [],
 "completion": {
  "steps": [
   1
  ],
  "atLeast": 1,
  "quizzes": "attempted",
  "reflections": "optional"
 },
 "passRule": null,
 "resume": {
  "exit": "suspend",
  "changed": "retry"
 },
 "layout": [
  1,
  24556,
  0,
  [],
  [
   [
    1,
    "s"
   ]
  ]
 ],
 "older": null,
 "reported": []
});
