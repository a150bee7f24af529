coursepack.course({
 "v": 1,
 "target": "scorm12",
 "course": {
  "id": "https://learning.example.org/courses/shay",
  "slug": "shay",
  "title": "كوب من الشاي",
  "version": "1.0.0",
  "language": "ar",
  "direction": "rtl"
 },
 "steps": [
  {
   "n": 1,
   "id": "tea",
   "title": "الشاي والماء",
   "src": "steps/1-bbd8d54a.js",
   "required": true
  },
  {
   "n": 2,
   "id": "check",
   "title": "اختبر نفسك",
   "src": "steps/2-22447464.js",
   "required": true
  }
 ],
 "quizzes": [
  {
   "n": 3,
   "id": "quiz",
   "title": "أسئلة",
   "step": 2,
   "questions": [
    4,
    5
   ],
   "points": [
    1,
    1
   ],
   "passScore": null,
   "attempts": 3,
   "shuffle": false,
   "pool": [],
   "draw": 0,
   "feedback": "now",
   "retry": "all",
   "counts": "best",
   "reveal": "after-last",
   "counted": true
  }
 ],
 "activities": [
  {
   "n": 6,
   "id": "best-cup",
   "step": 2,
   "kind": "reflection"
  }
 ],
 "completion": {
  "steps": [
   1,
   2
  ],
  "atLeast": 2,
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
  163524,
  0,
  [],
  [
   [
    1,
    "s"
   ],
   [
    2,
    "s"
   ],
   [
    3,
    "z",
    0,
    0,
    0,
    0,
    3
   ],
   [
    4,
    "c",
    1,
    3,
    1,
    1,
    0,
    0,
    [
     1,
     2,
     3
    ]
   ],
   [
    5,
    "p",
    1,
    3,
    1,
    1,
    0,
    0,
    [
     1,
     2
    ],
    [
     1,
     2
    ]
   ],
   [
    6,
    "r",
    1,
    0,
    0,
    0,
    0,
    600
   ]
  ]
 ],
 "older": null,
 "reported": [
  4,
  5,
  6
 ]
});
