coursepack.step({
 "n": 10,
 "html": "<article class=\"step\" data-step=\"10\" id=\"check\">
<header>
<p class=\"kicker\"><span>Step 3 of 3</span></p>
<h1 tabindex=\"-1\">Check</h1>
</header>
<section class=\"quiz\" id=\"z11\" data-quiz=\"11\" aria-labelledby=\"z11-title\">
<h2 id=\"z11-title\">The leaf</h2>
<div class=\"quiz-intro\">
<ul class=\"facts\">
<li>3 questions.</li>
<li>The pass mark is 50 %.</li>
<li>You have 3 attempts.</li>
<li>You see the result when you have submitted all answers.</li>
</ul>
</div>
<p>Three questions on the leaf.</p>
<form class=\"question\" id=\"q12\" data-question=\"12\" data-type=\"multiple\" novalidate>
<fieldset aria-describedby=\"q12-message\">
<legend>Which of these stand boiling water?</legend>
<p class=\"instruction\"><span>Choose all answers that are right.</span> <span class=\"points\">2 points</span></p>
<div class=\"options\">
<div class=\"option\" data-option=\"1\">
<input type=\"checkbox\" id=\"q12-o1\" name=\"q12\" value=\"1\">
<label for=\"q12-o1\">Green tea</label>
</div>
<div class=\"option\" data-option=\"2\">
<input type=\"checkbox\" id=\"q12-o2\" name=\"q12\" value=\"2\">
<label for=\"q12-o2\">Black tea</label>
</div>
<div class=\"option\" data-option=\"3\">
<input type=\"checkbox\" id=\"q12-o3\" name=\"q12\" value=\"3\">
<label for=\"q12-o3\">Herbal tea</label>
</div>
</div>
</fieldset>
<p class=\"message\" id=\"q12-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q13\" data-question=\"13\" data-type=\"cloze\" novalidate>
<fieldset aria-describedby=\"q13-message\">
<legend>Fill in the 2 gaps.</legend>
<div class=\"cloze\"><p>Green tea takes <span class=\"gap\"><label class=\"vh\" for=\"q13-g1\">Gap 1 of 2</label><input type=\"text\" id=\"q13-g1\" data-gap=\"1\" maxlength=\"40\" size=\"14\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></span> degrees, for <span class=\"gap\"><label class=\"vh\" for=\"q13-g2\">Gap 2 of 2</label><input type=\"text\" id=\"q13-g2\" data-gap=\"2\" maxlength=\"40\" size=\"14\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></span> minutes.</p></div>
</fieldset>
<p class=\"message\" id=\"q13-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q14\" data-question=\"14\" data-type=\"fill-in\" novalidate>
<fieldset aria-describedby=\"q14-message\">
<legend>Write the old word for tea in small letters.</legend>
<p class=\"instruction\"><span>Type your answer.</span></p>
<p class=\"typed\"><label class=\"vh\" for=\"q14-a\">Your answer</label>
<input type=\"text\" id=\"q14-a\" maxlength=\"12\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></p>
</fieldset>
<p class=\"message\" id=\"q14-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>

<div class=\"quiz-actions\">
<button type=\"button\" data-quiz-submit hidden>Submit all answers</button>
</div>
<div class=\"quiz-result\" tabindex=\"-1\" hidden></div>
</section>
<section class=\"quiz\" id=\"z15\" data-quiz=\"15\" aria-label=\"Quiz\">
<div class=\"quiz-intro\">
<ul class=\"facts\">
<li>2 questions, picked anew for each attempt.</li>
<li>The pass mark is 50 %.</li>
<li>You can try as often as you like.</li>
<li>You see your score at the end, but not which answers are right.</li>
</ul>
</div>
<p>Two questions out of a bank of many, others each time.</p>
<form class=\"question\" id=\"q19\" data-question=\"19\" data-type=\"choice\" novalidate hidden>
<fieldset aria-describedby=\"q19-message\">
<legend>Why <em>fresh</em> water?</legend>
<p class=\"instruction\"><span>Choose one answer.</span></p>
<div class=\"options\">
<div class=\"option\" data-option=\"1\">
<input type=\"radio\" id=\"q19-o1\" name=\"q19\" value=\"1\">
<label for=\"q19-o1\">It holds more <strong>air</strong></label>
<div class=\"option-feedback\" hidden><p>Yes, and air carries taste.</p></div>
</div>
<div class=\"option\" data-option=\"2\">
<input type=\"radio\" id=\"q19-o2\" name=\"q19\" value=\"2\">
<label for=\"q19-o2\">It is colder</label>
</div>
<div class=\"option\" data-option=\"3\">
<input type=\"radio\" id=\"q19-o3\" name=\"q19\" value=\"3\">
<label for=\"q19-o3\">It boils sooner</label>
</div>
</div>
</fieldset>
<details class=\"hint\">
<summary>Show a hint</summary>
<p>What does boiling drive out?</p>
</details>
<p class=\"message\" id=\"q19-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"feedback\" data-when=\"always\" hidden><p>Fill the kettle anew each time.</p></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q20\" data-question=\"20\" data-type=\"multiple\" novalidate hidden>
<div class=\"stem\" id=\"q20-stem\"><p>What saves energy?</p></div>
<fieldset aria-describedby=\"q20-stem q20-message\">
<legend>Tick <em>all</em> that do.</legend>
<p class=\"instruction\"><span>Choose all answers that are right.</span></p>
<div class=\"options\">
<div class=\"option\" data-option=\"1\">
<input type=\"checkbox\" id=\"q20-o1\" name=\"q20\" value=\"1\">
<label for=\"q20-o1\">Boiling only what you need</label>
</div>
<div class=\"option\" data-option=\"2\">
<input type=\"checkbox\" id=\"q20-o2\" name=\"q20\" value=\"2\">
<label for=\"q20-o2\">Descaling the kettle</label>
</div>
<div class=\"option\" data-option=\"3\">
<input type=\"checkbox\" id=\"q20-o3\" name=\"q20\" value=\"3\">
<label for=\"q20-o3\">Boiling twice</label>
</div>
</div>
</fieldset>
<p class=\"message\" id=\"q20-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q21\" data-question=\"21\" data-type=\"true-false\" novalidate hidden>
<fieldset aria-describedby=\"q21-message\">
<legend>At sea level water boils at 100 °C.</legend>
<p class=\"instruction\"><span>Is this true or false?</span></p>
<div class=\"options\">
<div class=\"option\" data-option=\"true\">
<input type=\"radio\" id=\"q21-otrue\" name=\"q21\" value=\"true\">
<label for=\"q21-otrue\"><span>True</span></label>
</div>
<div class=\"option\" data-option=\"false\">
<input type=\"radio\" id=\"q21-ofalse\" name=\"q21\" value=\"false\">
<label for=\"q21-ofalse\"><span>False</span></label>
</div>
</div>
</fieldset>
<p class=\"message\" id=\"q21-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"feedback\" data-when=\"correct\" hidden><p>At sea level, yes.</p></div>
<div class=\"feedback\" data-when=\"incorrect\" hidden><p>At sea level it does.</p></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q22\" data-question=\"22\" data-type=\"fill-in\" novalidate hidden>
<fieldset aria-describedby=\"q22-message\">
<legend>What is the chalk in a kettle called?</legend>
<p class=\"instruction\"><span>Type your answer.</span></p>
<p class=\"typed\"><label class=\"vh\" for=\"q22-a\">Your answer</label>
<input type=\"text\" id=\"q22-a\" maxlength=\"20\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></p>
</fieldset>
<p class=\"message\" id=\"q22-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q23\" data-question=\"23\" data-type=\"numeric\" novalidate hidden>
<fieldset aria-describedby=\"q23-message\">
<legend>How many watts has an ordinary kettle?</legend>
<p class=\"instruction\"><span>Type a number.</span> <span class=\"points\">2 points</span></p>
<p class=\"typed\"><label class=\"vh\" for=\"q23-a\">Your answer</label>
<input type=\"text\" id=\"q23-a\" maxlength=\"40\" inputmode=\"decimal\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></p>
</fieldset>
<p class=\"message\" id=\"q23-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q24\" data-question=\"24\" data-type=\"cloze\" novalidate hidden>
<fieldset aria-describedby=\"q24-message\">
<legend>Fill in the gap.</legend>
<div class=\"cloze\"><p>Descale with <span class=\"gap\"><label class=\"vh\" for=\"q24-g1\">Gap 1 of 1</label><input type=\"text\" id=\"q24-g1\" data-gap=\"1\" maxlength=\"40\" size=\"13\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></span>.</p></div>
</fieldset>
<p class=\"message\" id=\"q24-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q25\" data-question=\"25\" data-type=\"matching\" novalidate hidden>
<fieldset aria-describedby=\"q25-message\">
<legend>Match the part with what it does.</legend>
<p class=\"instruction\"><span>Choose what belongs to each line.</span></p>
<ul class=\"pairs\">
<li data-pair=\"1\"><span class=\"left\" id=\"q25-l1\">Lid</span>
<select data-pair=\"1\" aria-labelledby=\"q25-l1\">
<option value=\"0\">Choose…</option>
<option value=\"1\">keeps the steam in</option>
<option value=\"2\">pours</option>
</select></li>
<li data-pair=\"2\"><span class=\"left\" id=\"q25-l2\">Spout</span>
<select data-pair=\"2\" aria-labelledby=\"q25-l2\">
<option value=\"0\">Choose…</option>
<option value=\"1\">keeps the steam in</option>
<option value=\"2\">pours</option>
</select></li>
</ul>
</fieldset>
<p class=\"message\" id=\"q25-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q26\" data-question=\"26\" data-type=\"order\" novalidate hidden>
<fieldset aria-describedby=\"q26-message\">
<legend>Put these in order.</legend>
<p class=\"instruction\"><span>Put these in the right order.</span></p>
<ol class=\"order\">
<li data-item=\"1\"><span class=\"label\">Fill</span>
<button type=\"button\" data-move=\"up\" aria-label=\"Move up: Fill\"></button>
<button type=\"button\" data-move=\"down\" aria-label=\"Move down: Fill\"></button></li>
<li data-item=\"2\"><span class=\"label\">Switch on</span>
<button type=\"button\" data-move=\"up\" aria-label=\"Move up: Switch on\"></button>
<button type=\"button\" data-move=\"down\" aria-label=\"Move down: Switch on\"></button></li>
<li data-item=\"3\"><span class=\"label\">Wait</span>
<button type=\"button\" data-move=\"up\" aria-label=\"Move up: Wait\"></button>
<button type=\"button\" data-move=\"down\" aria-label=\"Move down: Wait\"></button></li>
</ol>
</fieldset>
<p class=\"message\" id=\"q26-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<div class=\"quiz-actions\">
<button type=\"button\" data-quiz-submit hidden>Submit all answers</button>
</div>
<div class=\"quiz-result\" tabindex=\"-1\" hidden></div>
</section>
<form class=\"reflection\" id=\"r16\" data-reflection=\"16\" novalidate>
<div class=\"stem\"><p>Think of the best cup of tea you ever had.</p></div>
<label for=\"r16-text\">What made it so?</label>
<p class=\"who\" id=\"r16-who\" data-who=\"lms\"><span>What you write is saved as you type. People who run your learning platform, and perhaps your trainer, can read it.</span> Write at least 3 words.</p>
<textarea id=\"r16-text\" rows=\"6\" maxlength=\"200\" aria-describedby=\"r16-who r16-room\"></textarea>
<p class=\"room\" id=\"r16-room\"></p>
<p class=\"message\" hidden></p>
<div class=\"actions\">
<button type=\"submit\">Submit</button>
</div>
<p class=\"verdict\" role=\"status\"></p>
</form>
<form class=\"reflection\" id=\"r17\" data-reflection=\"17\" novalidate>
<div class=\"stem\"></div>
<label for=\"r17-text\">Who taught you to make tea? Nobody but you will read this in a report.</label>
<p class=\"who\" id=\"r17-who\" data-who=\"private\"><span>What you write is not reported to your trainer: only that you wrote something, and how much. It is stored with your progress, where an administrator of the learning platform could read it.</span></p>
<textarea id=\"r17-text\" rows=\"6\" maxlength=\"600\" aria-describedby=\"r17-who r17-room\"></textarea>
<p class=\"room\" id=\"r17-room\"></p>
<p class=\"message\" hidden></p>
<div class=\"actions\">
<button type=\"submit\">Submit</button>
</div>
<p class=\"verdict\" role=\"status\"></p>
</form>
<form class=\"reflection\" id=\"r18\" data-reflection=\"18\" novalidate>
<div class=\"stem\"></div>
<label for=\"r18-text\">What will you try tomorrow?</label>
<p class=\"who\" id=\"r18-who\" data-who=\"browser\"><span>What you write stays in this browser on this device. Nobody else sees it, and you will not find it on another device.</span></p>
<textarea id=\"r18-text\" rows=\"6\" maxlength=\"600\" aria-describedby=\"r18-who r18-room\"></textarea>
<p class=\"room\" id=\"r18-room\"></p>
<p class=\"message\" hidden></p>
<div class=\"actions\">
<button type=\"submit\">Submit</button>
</div>
<p class=\"verdict\" role=\"status\"></p>
</form>
</article>",
 "questions": [
  {
   "n": 12,
   "id": "what-needs-heat",
   "type": "multiple",
   "text": "Which of these stand boiling water?",
   "points": 2,
   "attempts": 1,
   "shuffle": false,
   "quiz": 11,
   "max": 40,
   "scored": true,
   "options": [
    {
     "n": 1,
     "id": "o1",
     "text": "Green tea",
     "right": false
    },
    {
     "n": 2,
     "id": "o2",
     "text": "Black tea",
     "right": true
    },
    {
     "n": 3,
     "id": "o3",
     "text": "Herbal tea",
     "right": true
    }
   ],
   "partial": true
  },
  {
   "n": 13,
   "id": "the-sentence",
   "type": "cloze",
   "text": "Green tea takes ___ degrees, for ___ minutes.",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 11,
   "max": 40,
   "scored": true,
   "gaps": [
    {
     "n": 1,
     "id": "degrees",
     "accept": [
      "75",
      "75 °C",
      "seventy-five"
     ]
    },
    {
     "n": 2,
     "id": "o2",
     "accept": [
      "two",
      "2"
     ]
    }
   ],
   "case": false,
   "partial": true
  },
  {
   "n": 14,
   "id": "spell-it",
   "type": "fill-in",
   "text": "Write the old word for tea in small letters.",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 11,
   "max": 12,
   "scored": true,
   "accept": [
    "cha"
   ],
   "case": true
  },
  {
   "n": 19,
   "id": "kettle-check.fresh-water",
   "type": "choice",
   "text": "Why fresh water?",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 15,
   "max": 40,
   "scored": true,
   "options": [
    {
     "n": 1,
     "id": "air",
     "text": "It holds more air",
     "right": true
    },
    {
     "n": 2,
     "id": "o2",
     "text": "It is colder",
     "right": false
    },
    {
     "n": 3,
     "id": "o3",
     "text": "It boils sooner",
     "right": false
    }
   ],
   "partial": false
  },
  {
   "n": 20,
   "id": "kettle-check.two-savers",
   "type": "multiple",
   "text": "What saves energy? Tick all that do.",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 15,
   "max": 40,
   "scored": true,
   "options": [
    {
     "n": 1,
     "id": "o1",
     "text": "Boiling only what you need",
     "right": true
    },
    {
     "n": 2,
     "id": "o2",
     "text": "Descaling the kettle",
     "right": true
    },
    {
     "n": 3,
     "id": "o3",
     "text": "Boiling twice",
     "right": false
    }
   ],
   "partial": true
  },
  {
   "n": 21,
   "id": "kettle-check.boils-at-100",
   "type": "true-false",
   "text": "At sea level water boils at 100 °C.",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 15,
   "max": 40,
   "scored": true,
   "truth": true
  },
  {
   "n": 22,
   "id": "kettle-check.what-is-scale",
   "type": "fill-in",
   "text": "What is the chalk in a kettle called?",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 15,
   "max": 20,
   "scored": true,
   "accept": [
    "scale",
    "limescale"
   ],
   "case": false
  },
  {
   "n": 23,
   "id": "kettle-check.how-many-watts",
   "type": "numeric",
   "text": "How many watts has an ordinary kettle?",
   "points": 2,
   "attempts": 1,
   "shuffle": false,
   "quiz": 15,
   "max": 40,
   "scored": true,
   "ranges": [
    [
     "2000",
     "3000"
    ]
   ],
   "decimal": "."
  },
  {
   "n": 24,
   "id": "kettle-check.fill-the-gap",
   "type": "cloze",
   "text": "Descale with ___.",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 15,
   "max": 40,
   "scored": true,
   "gaps": [
    {
     "n": 1,
     "id": "o1",
     "accept": [
      "vinegar",
      "citric acid"
     ]
    }
   ],
   "case": false,
   "partial": false
  },
  {
   "n": 25,
   "id": "kettle-check.pairs-of-things",
   "type": "matching",
   "text": "Match the part with what it does.",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 15,
   "max": 40,
   "scored": true,
   "pairs": [
    {
     "n": 1,
     "id": "o1",
     "left": "Lid",
     "right": "keeps the steam in",
     "to": 1
    },
    {
     "n": 2,
     "id": "spout",
     "left": "Spout",
     "right": "pours",
     "to": 2
    }
   ],
   "partial": false
  },
  {
   "n": 26,
   "id": "kettle-check.kettle-order",
   "type": "order",
   "text": "Put these in order.",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 15,
   "max": 40,
   "scored": true,
   "items": [
    {
     "n": 1,
     "id": "o1",
     "text": "Fill"
    },
    {
     "n": 2,
     "id": "switch",
     "text": "Switch on"
    },
    {
     "n": 3,
     "id": "o3",
     "text": "Wait"
    }
   ]
  }
 ],
 "reflections": [
  {
   "n": 16,
   "id": "your-best-cup",
   "text": "Think of the best cup of tea you ever had. What made it so?",
   "minWords": 3,
   "max": 200,
   "private": false,
   "keep": "lms"
  },
  {
   "n": 17,
   "id": "a-secret",
   "text": "Who taught you to make tea? Nobody but you will read this in a report.",
   "minWords": 0,
   "max": 600,
   "private": true,
   "keep": "lms"
  },
  {
   "n": 18,
   "id": "on-this-device",
   "text": "What will you try tomorrow?",
   "minWords": 0,
   "max": 600,
   "private": false,
   "keep": "browser"
  }
 ]
});
