import { OperatorApp, type Submission } from '../../../tools/laptop/tour/operator-app.js';

/** An operator's app that remembers what it sent. */
export class RememberingApp extends OperatorApp {
  readonly sent: Submission[] = [];

  override verify(submission: Submission) {
    this.sent.push(submission);
    return super.verify(submission);
  }
}
