import { dayOf } from '@clinic-widgets/core/time.js';
import { type Books, nowAt } from './books.ts';

/** Letters that sound unlike each other and look unlike each other and every digit. */
const LETTERS = 'AFHKLMPRUXY';
/** From 10 to 99: what has two digits is heard as a number. */
const [FIRST, PER_LETTER] = [10, 90];

/** The next number of the day, of nobody else's on that day: `A12`. Short, and easily spoken. */
export function nextTicket(books: Books): string {
  const day = dayOf(nowAt(books), books.seed.clinic.timeZone);
  const count = books.tickets.day === day ? books.tickets.count : 0;
  books.tickets = { day, count: count + 1 };
  const round = LETTERS.length * PER_LETTER;
  // After a thousand on one day, the numbers grow longer.
  if (count >= round) return `${LETTERS[count % LETTERS.length]}${100 + Math.floor((count - round) / LETTERS.length)}`;
  return `${LETTERS[Math.floor(count / PER_LETTER)]}${FIRST + (count % PER_LETTER)}`;
}
