coursepack.step({
 "n": 2,
 "html": "<article class=\"step\" data-step=\"2\" id=\"check\">
<header>
<p class=\"kicker\" lang=\"en\" data-foreign><span>Step 2 of 2</span></p>
<h1 tabindex=\"-1\">اختبر نفسك</h1>
</header>
<section class=\"quiz\" id=\"z3\" data-quiz=\"3\" aria-labelledby=\"z3-title\">
<h2 id=\"z3-title\">أسئلة</h2>
<div class=\"quiz-intro\" lang=\"en\" data-foreign>
<ul class=\"facts\">
<li>2 questions.</li>
<li>You have 3 attempts.</li>
<li>You see after each answer whether it is right.</li>
</ul>
</div>
<form class=\"question\" id=\"q4\" data-question=\"4\" data-type=\"choice\" novalidate>
<fieldset aria-describedby=\"q4-message\">
<legend>أي ماء يناسب الشاي الأخضر؟</legend>
<p class=\"instruction\"><span lang=\"en\" data-foreign>Choose one answer.</span></p>
<div class=\"options\">
<div class=\"option\" data-option=\"1\">
<input type=\"radio\" id=\"q4-o1\" name=\"q4\" value=\"1\">
<label for=\"q4-o1\">ماء مغلي</label>
</div>
<div class=\"option\" data-option=\"2\">
<input type=\"radio\" id=\"q4-o2\" name=\"q4\" value=\"2\">
<label for=\"q4-o2\">ماء بحرارة 75</label>
</div>
<div class=\"option\" data-option=\"3\">
<input type=\"radio\" id=\"q4-o3\" name=\"q4\" value=\"3\">
<label for=\"q4-o3\">ماء بارد</label>
</div>
</div>
</fieldset>
<p class=\"message\" id=\"q4-message\" hidden lang=\"en\" data-foreign></p>
<p class=\"attempts\" lang=\"en\" data-foreign></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\" lang=\"en\" data-foreign></div>
<div class=\"feedback\" data-when=\"always\" hidden><p>الورق الأخضر رقيق.</p></div>
<div class=\"actions\" lang=\"en\" data-foreign>
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>
<form class=\"question\" id=\"q5\" data-question=\"5\" data-type=\"matching\" novalidate>
<fieldset aria-describedby=\"q5-message\">
<legend>صِل كل نوع بحرارته.</legend>
<p class=\"instruction\"><span lang=\"en\" data-foreign>Choose what belongs to each line.</span></p>
<ul class=\"pairs\">
<li data-pair=\"1\"><span class=\"left\" id=\"q5-l1\">أخضر</span>
<select data-pair=\"1\" aria-labelledby=\"q5-l1\">
<option value=\"0\" lang=\"en\" data-foreign>Choose…</option>
<option value=\"1\">75</option>
<option value=\"2\">95</option>
</select></li>
<li data-pair=\"2\"><span class=\"left\" id=\"q5-l2\">أسود</span>
<select data-pair=\"2\" aria-labelledby=\"q5-l2\">
<option value=\"0\" lang=\"en\" data-foreign>Choose…</option>
<option value=\"1\">75</option>
<option value=\"2\">95</option>
</select></li>
</ul>
</fieldset>
<p class=\"message\" id=\"q5-message\" hidden lang=\"en\" data-foreign></p>
<p class=\"attempts\" lang=\"en\" data-foreign></p>
<div class=\"verdict\" role=\"status\" tabindex=\"-1\" lang=\"en\" data-foreign></div>
<div class=\"actions\" lang=\"en\" data-foreign>
<button type=\"submit\">Submit answer</button>
<button class=\"retry\" type=\"button\" hidden>Try again</button>
</div>
</form>

<div class=\"quiz-actions\" lang=\"en\" data-foreign>
<button type=\"button\" data-quiz-submit hidden>Submit all answers</button>
</div>
<div class=\"quiz-result\" tabindex=\"-1\" hidden lang=\"en\" data-foreign></div>
</section>
<form class=\"reflection\" id=\"r6\" data-reflection=\"6\" novalidate>
<div class=\"stem\"></div>
<label for=\"r6-text\">ما أفضل كوب شاي شربته؟</label>
<p class=\"who\" id=\"r6-who\" data-who=\"lms\" lang=\"en\" data-foreign><span>What you write is saved as you type. People who run your learning platform, and perhaps your trainer, can read it.</span></p>
<textarea id=\"r6-text\" rows=\"6\" maxlength=\"600\" aria-describedby=\"r6-who r6-room\"></textarea>
<p class=\"room\" id=\"r6-room\" lang=\"en\" data-foreign></p>
<p class=\"message\" hidden lang=\"en\" data-foreign></p>
<div class=\"actions\" lang=\"en\" data-foreign>
<button type=\"submit\">Submit</button>
</div>
<p class=\"verdict\" role=\"status\" lang=\"en\" data-foreign></p>
</form>
</article>",
 "questions": [
  {
   "n": 4,
   "id": "which-water",
   "type": "choice",
   "text": "أي ماء يناسب الشاي الأخضر؟",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 3,
   "max": 40,
   "scored": true,
   "options": [
    {
     "n": 1,
     "id": "o1",
     "text": "ماء مغلي",
     "right": false
    },
    {
     "n": 2,
     "id": "o2",
     "text": "ماء بحرارة 75",
     "right": true
    },
    {
     "n": 3,
     "id": "o3",
     "text": "ماء بارد",
     "right": false
    }
   ],
   "partial": false
  },
  {
   "n": 5,
   "id": "match-heat",
   "type": "matching",
   "text": "صِل كل نوع بحرارته.",
   "points": 1,
   "attempts": 1,
   "shuffle": false,
   "quiz": 3,
   "max": 40,
   "scored": true,
   "pairs": [
    {
     "n": 1,
     "id": "o1",
     "left": "أخضر",
     "right": "75",
     "to": 1
    },
    {
     "n": 2,
     "id": "o2",
     "left": "أسود",
     "right": "95",
     "to": 2
    }
   ],
   "partial": false
  }
 ],
 "reflections": [
  {
   "n": 6,
   "id": "best-cup",
   "text": "ما أفضل كوب شاي شربته؟",
   "minWords": 0,
   "max": 600,
   "private": false,
   "keep": "lms"
  }
 ]
});
