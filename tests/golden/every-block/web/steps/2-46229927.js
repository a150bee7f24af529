coursepack.step({
 "n": 2,
 "html": "<article class=\"step\" data-step=\"2\" id=\"practice\">
<header>
<p class=\"kicker\"><span>Step 2 of 3</span> <span class=\"minutes\">About 10 minutes</span> <span class=\"optional\">optional</span></p>
<h1 tabindex=\"-1\">Practice</h1>
</header>
<h2 id=\"s2-practice\">Practise</h2>
<p>None of these count. Try as often as you like.</p>
<form class=\"question\" id=\"q3\" data-question=\"3\" data-type=\"likert\" novalidate>
<fieldset aria-describedby=\"q3-message\">
<legend>Before we begin: how often do you drink tea?</legend>
<p class=\"instruction\"><span>Choose one answer. There is no right or wrong.</span></p>
<div class=\"options scale short\">
<div class=\"option\" data-option=\"1\">
<input type=\"radio\" id=\"q3-o1\" name=\"q3\" value=\"1\">
<label for=\"q3-o1\">Never</label>
</div>
<div class=\"option\" data-option=\"2\">
<input type=\"radio\" id=\"q3-o2\" name=\"q3\" value=\"2\">
<label for=\"q3-o2\">Now and then</label>
</div>
<div class=\"option\" data-option=\"3\">
<input type=\"radio\" id=\"q3-o3\" name=\"q3\" value=\"3\">
<label for=\"q3-o3\">Every day</label>
</div>
</div>
</fieldset>
<p class=\"message\" id=\"q3-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Change my answer</button>
</div>
</form>
<form class=\"question\" id=\"q4\" data-question=\"4\" data-type=\"choice\" novalidate>
<fieldset aria-describedby=\"q4-message\">
<legend>A friend’s green tea tastes bitter. What do you ask about first?</legend>
<p class=\"instruction\"><span>Choose one answer.</span></p>
<div class=\"options\">
<div class=\"option\" data-option=\"1\">
<input type=\"radio\" id=\"q4-o1\" name=\"q4\" value=\"1\">
<label for=\"q4-o1\">The cup</label>
<div class=\"option-feedback\" hidden><p>A cup changes little.</p></div>
</div>
<div class=\"option\" data-option=\"2\">
<input type=\"radio\" id=\"q4-o2\" name=\"q4\" value=\"2\">
<label for=\"q4-o2\">The water</label>
<div class=\"option-feedback\" hidden><p>Yes. Water off the boil <em>scorches</em> green leaves.</p></div>
</div>
<div class=\"option\" data-option=\"3\">
<input type=\"radio\" id=\"q4-o3\" name=\"q4\" value=\"3\">
<label for=\"q4-o3\">The spoon</label>
</div>
</div>
</fieldset>
<details class=\"hint\">
<summary>Show a hint</summary>
<p>What touches the leaf first?</p>
</details>
<p class=\"message\" id=\"q4-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"feedback\" data-when=\"correct\" hidden><p>Good. Temperature before anything else.</p></div>
<div class=\"feedback\" data-when=\"incorrect\" hidden><p>Have another look at <a href=\"#leaf-and-water\" data-go=\"1\" data-fragment=\"s1-how-hot\">the table</a>.</p></div>
<div class=\"feedback\" data-when=\"always\" hidden><p>Bitterness is nearly always heat or time.</p></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q5\" data-question=\"5\" data-type=\"true-false\" novalidate>
<fieldset aria-describedby=\"q5-message\">
<legend>Green and black tea come from the same plant.</legend>
<p class=\"instruction\"><span>Is this true or false?</span></p>
<div class=\"options\">
<div class=\"option\" data-option=\"true\">
<input type=\"radio\" id=\"q5-otrue\" name=\"q5\" value=\"true\">
<label for=\"q5-otrue\"><span>True</span></label>
</div>
<div class=\"option\" data-option=\"false\">
<input type=\"radio\" id=\"q5-ofalse\" name=\"q5\" value=\"false\">
<label for=\"q5-ofalse\"><span>False</span></label>
</div>
</div>
</fieldset>
<p class=\"message\" id=\"q5-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q6\" data-question=\"6\" data-type=\"fill-in\" novalidate>
<fieldset aria-describedby=\"q6-message\">
<legend>What is the first word of the plant’s name?</legend>
<p class=\"instruction\"><span>Type your answer.</span></p>
<p class=\"typed\"><label class=\"vh\" for=\"q6-a\">Your answer</label>
<input type=\"text\" id=\"q6-a\" maxlength=\"30\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></p>
</fieldset>
<p class=\"message\" id=\"q6-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q7\" data-question=\"7\" data-type=\"numeric\" novalidate>
<fieldset aria-describedby=\"q7-message\">
<legend>How many minutes does black tea need?</legend>
<p class=\"instruction\"><span>Type a number.</span></p>
<p class=\"typed\"><label class=\"vh\" for=\"q7-a\">Your answer</label>
<input type=\"text\" id=\"q7-a\" maxlength=\"40\" inputmode=\"decimal\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></p>
</fieldset>
<p class=\"message\" id=\"q7-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q8\" data-question=\"8\" data-type=\"order\" novalidate>
<fieldset aria-describedby=\"q8-message\">
<legend>What comes first, and what comes after it?</legend>
<p class=\"instruction\"><span>Put these in the right order.</span></p>
<ol class=\"order\">
<li data-item=\"2\"><span class=\"label\">Measure the leaf</span>
<button type=\"button\" data-move=\"up\" aria-label=\"Move up: Measure the leaf\"></button>
<button type=\"button\" data-move=\"down\" aria-label=\"Move down: Measure the leaf\"></button></li>
<li data-item=\"3\"><span class=\"label\">Pour the water</span>
<button type=\"button\" data-move=\"up\" aria-label=\"Move up: Pour the water\"></button>
<button type=\"button\" data-move=\"down\" aria-label=\"Move down: Pour the water\"></button></li>
<li data-item=\"1\"><span class=\"label\">Warm the pot</span>
<button type=\"button\" data-move=\"up\" aria-label=\"Move up: Warm the pot\"></button>
<button type=\"button\" data-move=\"down\" aria-label=\"Move down: Warm the pot\"></button></li>
</ol>
</fieldset>
<p class=\"message\" id=\"q8-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q9\" data-question=\"9\" data-type=\"matching\" novalidate>
<fieldset aria-describedby=\"q9-message\">
<legend>Match each tea with its water.</legend>
<p class=\"instruction\"><span>Choose what belongs to each line.</span></p>
<ul class=\"pairs\">
<li data-pair=\"1\"><span class=\"left\" id=\"q9-l1\">Green</span>
<select data-pair=\"1\" aria-labelledby=\"q9-l1\">
<option value=\"0\">Choose…</option>
<option value=\"1\">75 °C</option>
<option value=\"2\">80 °C</option>
<option value=\"3\">95 °C</option>
</select></li>
<li data-pair=\"2\"><span class=\"left\" id=\"q9-l2\">White</span>
<select data-pair=\"2\" aria-labelledby=\"q9-l2\">
<option value=\"0\">Choose…</option>
<option value=\"1\">75 °C</option>
<option value=\"2\">80 °C</option>
<option value=\"3\">95 °C</option>
</select></li>
<li data-pair=\"3\"><span class=\"left\" id=\"q9-l3\">Black</span>
<select data-pair=\"3\" aria-labelledby=\"q9-l3\">
<option value=\"0\">Choose…</option>
<option value=\"1\">75 °C</option>
<option value=\"2\">80 °C</option>
<option value=\"3\">95 °C</option>
</select></li>
</ul>
</fieldset>
<p class=\"message\" id=\"q9-message\" hidden></p>
<p class=\"attempts\"></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\"></div>
<div class=\"actions\">
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
</article>",
 "questions": [
  {
   "n": 3,
   "id": "how-do-you-take-it",
   "type": "likert",
   "text": "Before we begin: how often do you drink tea?",
   "points": 1,
   "attempts": 0,
   "shuffle": false,
   "quiz": 0,
   "max": 40,
   "scored": false,
   "options": [
    {
     "n": 1,
     "id": "o1",
     "text": "Never"
    },
    {
     "n": 2,
     "id": "now_and_then",
     "text": "Now and then"
    },
    {
     "n": 3,
     "id": "o3",
     "text": "Every day"
    }
   ]
  },
  {
   "n": 4,
   "id": "which-water",
   "type": "choice",
   "text": "A friend’s green tea tastes bitter. What do you ask about first?",
   "points": 1,
   "attempts": 3,
   "shuffle": true,
   "quiz": 0,
   "max": 40,
   "scored": false,
   "options": [
    {
     "n": 1,
     "id": "the_cup",
     "text": "The cup",
     "right": false
    },
    {
     "n": 2,
     "id": "the_water",
     "text": "The water",
     "right": true
    },
    {
     "n": 3,
     "id": "o3",
     "text": "The spoon",
     "right": false
    }
   ],
   "partial": false
  },
  {
   "n": 5,
   "id": "from-one-plant",
   "type": "true-false",
   "text": "Green and black tea come from the same plant.",
   "points": 1,
   "attempts": 0,
   "shuffle": false,
   "quiz": 0,
   "max": 40,
   "scored": false,
   "truth": true
  },
  {
   "n": 6,
   "id": "name-the-plant",
   "type": "fill-in",
   "text": "What is the first word of the plant’s name?",
   "points": 1,
   "attempts": 0,
   "shuffle": false,
   "quiz": 0,
   "max": 30,
   "scored": false,
   "accept": [
    "Camellia",
    "camelia"
   ],
   "case": false
  },
  {
   "n": 7,
   "id": "minutes-for-black",
   "type": "numeric",
   "text": "How many minutes does black tea need?",
   "points": 1,
   "attempts": 0,
   "shuffle": false,
   "quiz": 0,
   "max": 40,
   "scored": false,
   "ranges": [
    [
     "4",
     "4"
    ],
    [
     "2.5",
     "3.5"
    ],
    [
     "5",
     "5.5"
    ]
   ],
   "decimal": "."
  },
  {
   "n": 8,
   "id": "in-order",
   "type": "order",
   "text": "What comes first, and what comes after it?",
   "points": 1,
   "attempts": 0,
   "shuffle": false,
   "quiz": 0,
   "max": 40,
   "scored": false,
   "items": [
    {
     "n": 1,
     "id": "warm",
     "text": "Warm the pot"
    },
    {
     "n": 2,
     "id": "o2",
     "text": "Measure the leaf"
    },
    {
     "n": 3,
     "id": "o3",
     "text": "Pour the water"
    }
   ]
  },
  {
   "n": 9,
   "id": "match-the-water",
   "type": "matching",
   "text": "Match each tea with its water.",
   "points": 1,
   "attempts": 0,
   "shuffle": false,
   "quiz": 0,
   "max": 40,
   "scored": false,
   "pairs": [
    {
     "n": 1,
     "id": "green",
     "left": "Green",
     "right": "75 °C",
     "to": 1
    },
    {
     "n": 2,
     "id": "o2",
     "left": "White",
     "right": "80 °C",
     "to": 2
    },
    {
     "n": 3,
     "id": "o3",
     "left": "Black",
     "right": "95 °C",
     "to": 3
    }
   ],
   "partial": true
  }
 ],
 "reflections": []
});
