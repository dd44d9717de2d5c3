/** Questions to a person at a terminal. They go to stderr, so that stdout stays the result. */
export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
}

/** Each question rejects with `Failure('interrupted')` where the person leaves. */
export interface Asker {
  /** @param check says what is wrong with an answer; undefined: nothing */
  text(question: string, given?: string, check?: (answer: string) => string | undefined): Promise<string>;
  /** What is typed is not shown. */
  secret(question: string): Promise<string>;
  choose<T extends string>(question: string, choices: readonly Choice<T>[]): Promise<T>;
  confirm(question: string, given: boolean): Promise<boolean>;
}

/**
 * The real one.
 * @param left what a question rejects with where the person leaves; made by the caller, because this module is a bundle
 * of its own, where `Failure` would be another class
 */
export async function openAsker(signal: AbortSignal, left: () => Error): Promise<Asker> {
  const clack = await import('@clack/prompts');
  const common = { output: process.stderr, signal };
  const answered = async (answer: Promise<unknown>): Promise<unknown> => {
    const value = await answer;
    if (clack.isCancel(value)) throw left();
    return value;
  };
  return {
    text: async (message, given, check) => {
      const question = {
        ...common,
        message,
        ...(given !== undefined && { initialValue: given }),
        validate: (value: string | undefined) => {
          const answer = (value ?? '').trim();
          return answer === '' ? 'an answer is needed' : check?.(answer);
        },
      };
      return String(await answered(clack.text(question))).trim();
    },
    secret: async (message) => String(await answered(clack.password({ ...common, message }))),
    choose: (message, choices) =>
      answered(
        clack.select<string>({ ...common, message, options: choices.map((one) => ({ ...one })) }),
      ) as Promise<never>,
    confirm: async (message, given) =>
      (await answered(clack.confirm({ ...common, message, initialValue: given }))) === true,
  };
}
