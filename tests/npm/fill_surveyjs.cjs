// Fills a SurveyJS form by survey-core, the engine that respondents meet.
//   node fill_surveyjs.cjs FORM.json < ANSWERS.jsonl > RESULTS.jsonl
// A line in is an object of answers by question, a line out the results of the completed survey: what was answered, and
// what the form reckons (`_cvp_level`, …). Exits with 1, and says why, where survey-core or its linter objects to the form.
const { readFileSync } = require("node:fs");
const { Model } = require("survey-core");
const { lintSurvey, renderFindings } = require("survey-core/linter");

const form = JSON.parse(readFileSync(process.argv[2], "utf8"));
const survey = new Model(form);
const lint = lintSurvey(form);
if (survey.jsonErrors || lint.findings.length) {
  console.error(survey.jsonErrors?.map((error) => error.getFullDescription()).join("\n") ?? renderFindings(lint));
  process.exit(1);
}
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  survey.clear(false); // to the first page; the next line replaces the data
  survey.data = JSON.parse(line);
  survey.doComplete();
  process.stdout.write(JSON.stringify(survey.data) + "\n");
}
