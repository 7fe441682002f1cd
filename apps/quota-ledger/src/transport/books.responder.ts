import { BooksCheckV1, SubjectStatementV1, type PayloadOf } from '@absah/contracts';
import { Answer } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { BookReader, type CheckedBooks, type Statement } from '../application/ports.js';

@Controller()
export class BooksResponder {
  constructor(@Inject(BookReader) private readonly books: BookReader) {}

  @Answer(SubjectStatementV1)
  statement(@Payload() { subjectRef, after }: PayloadOf<typeof SubjectStatementV1>): Promise<Statement> {
    return this.books.statementOf(subjectRef, after);
  }

  @Answer(BooksCheckV1)
  check(@Payload() { after }: PayloadOf<typeof BooksCheckV1>): Promise<CheckedBooks> {
    return this.books.check(after);
  }
}
