coursepack.course({
 "v": 1,
 "target": "web",
 "course": {
  "id": "https://learning.example.org/courses/tea-in-four-steps",
  "slug": "tea-in-four-steps",
  "title": "Tea in four steps",
  "version": "1.10",
  "language": "en-GB",
  "direction": "ltr"
 },
 "steps": [
  {
   "n": 1,
   "id": "leaf-and-water",
   "title": "Leaf and water",
   "src": "steps/1-bbd8d54a.js",
   "required": true
  },
  {
   "n": 2,
   "id": "practice",
   "title": "Practice",
   "src": "steps/2-46229927.js",
   "required": false
  },
  {
   "n": 10,
   "id": "check",
   "title": "Check",
   "src": "steps/10-217fbbc1.js",
   "required": true
  }
 ],
 "quizzes": [
  {
   "n": 11,
   "id": "leaf-check",
   "title": "The leaf",
   "step": 10,
   "questions": [
    12,
    13,
    14
   ],
   "points": [
    2,
    1,
    1
   ],
   "passScore": 5000,
   "attempts": 3,
   "shuffle": true,
   "pool": [],
   "draw": 0,
   "feedback": "end",
   "retry": "wrong",
   "counts": "last",
   "reveal": "always",
   "counted": true
  },
  {
   "n": 15,
   "id": "kettle-check",
   "title": "",
   "step": 10,
   "questions": [
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    26
   ],
   "points": [
    1,
    1,
    1,
    1,
    2,
    1,
    1,
    1
   ],
   "passScore": 5000,
   "attempts": 0,
   "shuffle": false,
   "pool": [
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    26
   ],
   "draw": 2,
   "feedback": "never",
   "retry": "all",
   "counts": "first",
   "reveal": "never",
   "counted": true
  }
 ],
 "activities": [
  {
   "n": 3,
   "id": "how-do-you-take-it",
   "step": 2,
   "kind": "practice"
  },
  {
   "n": 4,
   "id": "which-water",
   "step": 2,
   "kind": "practice"
  },
  {
   "n": 5,
   "id": "from-one-plant",
   "step": 2,
   "kind": "practice"
  },
  {
   "n": 6,
   "id": "name-the-plant",
   "step": 2,
   "kind": "practice"
  },
  {
   "n": 7,
   "id": "minutes-for-black",
   "step": 2,
   "kind": "practice"
  },
  {
   "n": 8,
   "id": "in-order",
   "step": 2,
   "kind": "practice"
  },
  {
   "n": 9,
   "id": "match-the-water",
   "step": 2,
   "kind": "practice"
  },
  {
   "n": 16,
   "id": "your-best-cup",
   "step": 10,
   "kind": "reflection"
  },
  {
   "n": 17,
   "id": "a-secret",
   "step": 10,
   "kind": "reflection"
  },
  {
   "n": 18,
   "id": "on-this-device",
   "step": 10,
   "kind": "reflection"
  }
 ],
 "completion": {
  "steps": [
   1,
   10
  ],
  "atLeast": 2,
  "quizzes": "attempted",
  "reflections": "required"
 },
 "passRule": {
  "score": 5000,
  "quizzes": [
   11,
   15
  ]
 },
 "resume": {
  "exit": "suspend",
  "changed": "retry"
 },
 "layout": [
  1,
  95248,
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
    "l",
    1,
    0,
    1,
    0,
    0,
    0,
    [
     1,
     2,
     3
    ]
   ],
   [
    4,
    "c",
    1,
    0,
    1,
    1,
    3,
    0,
    [
     1,
     2,
     3
    ]
   ],
   [
    5,
    "t",
    1,
    0,
    1,
    1
   ],
   [
    6,
    "f",
    1,
    0,
    1,
    1,
    0,
    30
   ],
   [
    7,
    "n",
    1,
    0,
    1,
    1,
    0,
    40
   ],
   [
    8,
    "o",
    1,
    0,
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
    9,
    "p",
    1,
    0,
    1,
    3,
    0,
    0,
    [
     1,
     2,
     3
    ],
    [
     1,
     2,
     3
    ]
   ],
   [
    10,
    "s"
   ],
   [
    11,
    "z",
    0,
    0,
    0,
    0,
    3
   ],
   [
    12,
    "m",
    1,
    11,
    1,
    2,
    0,
    0,
    [
     1,
     2,
     3
    ]
   ],
   [
    13,
    "g",
    1,
    11,
    1,
    2,
    0,
    40,
    [
     1,
     2
    ]
   ],
   [
    14,
    "f",
    1,
    11,
    1,
    1,
    0,
    12
   ],
   [
    15,
    "z",
    0,
    0,
    0,
    0,
    0,
    2
   ],
   [
    16,
    "r",
    1,
    0,
    0,
    0,
    0,
    200
   ],
   [
    17,
    "r",
    1,
    0,
    0,
    0,
    0,
    600
   ],
   [
    18,
    "r",
    1
   ],
   [
    19,
    "c",
    3,
    15,
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
    20,
    "m",
    3,
    15,
    1,
    2,
    0,
    0,
    [
     1,
     2,
     3
    ]
   ],
   [
    21,
    "t",
    3,
    15,
    1,
    1
   ],
   [
    22,
    "f",
    3,
    15,
    1,
    1,
    0,
    20
   ],
   [
    23,
    "n",
    3,
    15,
    1,
    1,
    0,
    40
   ],
   [
    24,
    "g",
    3,
    15,
    1,
    1,
    0,
    40,
    [
     1
    ]
   ],
   [
    25,
    "p",
    3,
    15,
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
    26,
    "o",
    3,
    15,
    1,
    1,
    0,
    0,
    [
     1,
     2,
     3
    ]
   ]
  ]
 ],
 "older": null,
 "reported": [
  12,
  13,
  14,
  19,
  20,
  21,
  22,
  23,
  24,
  25,
  26,
  16,
  17,
  18,
  3,
  4,
  5,
  6,
  7,
  8,
  9
 ]
});
