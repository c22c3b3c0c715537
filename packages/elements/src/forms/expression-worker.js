// The worker of a form that has expressions. What pages are given is all of it in one file, since no import map reaches a
// worker: it is JavaScript so that it has the same name here and there.
import { fhirPath } from './fhirpath.ts';
import { answerIn } from './worker-answers.ts';

answerIn(fhirPath);
