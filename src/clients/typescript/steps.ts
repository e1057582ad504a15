import { deepEqual } from 'node:assert/strict';
import { type Problem, ProblemFromJSON, ResponseError } from './client/index.js';

let passed = 0;

/** Works through one step and says so. An error ends the program, and with it the scenario. */
export async function step(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(`not ok ${passed + 1} ${name}`);
    if (error instanceof ResponseError) {
      console.error(error.response.status, await error.response.text());
    }
    throw error;
  }
  passed++;
  console.log(`ok ${passed} ${name}`);
}

/** The refusal of a call, with its status checked. */
export async function refused(status: number, call: () => Promise<unknown>): Promise<Problem> {
  const response = await unsuccessful(status, call);
  return ProblemFromJSON(await response.json());
}

/** The answer of a call that the client treats as an error, with its status checked. */
export async function unsuccessful(status: number, call: () => Promise<unknown>): Promise<Response> {
  try {
    await call();
  } catch (error) {
    if (error instanceof ResponseError) {
      deepEqual(error.response.status, status);
      return error.response;
    }
    throw error;
  }
  throw new Error(`The call succeeded, and ${status} was expected.`);
}

/** Each line of a streamed answer, as soon as it has arrived. */
export async function* lines(answer: Response): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const octets of answer.body ?? []) {
    const parts = (rest + decoder.decode(octets, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      yield JSON.parse(part);
    }
  }
  deepEqual(rest, '', 'the last line has no end');
}

/** The header of an answer, which has to be there. */
export function header(answer: Response, name: string): string {
  const value = answer.headers.get(name);
  if (value === null) {
    throw new Error(`The answer has no ${name}.`);
  }
  return value;
}
