/**
 * Multinomial logistic regression with an L1 penalty, by accelerated proximal gradient descent (FISTA: Beck and
 * Teboulle 2009). The penalty leaves a weight only where a word is worth it, so that the result can be read.
 */

/** The words of one case, each with its value, and the number of its cause. */
export interface Example {
  readonly words: readonly (readonly [word: number, value: number])[];
  readonly cause: number;
}

export interface Fit {
  /** A weight for each word and cause: `word * causes + cause`. */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

const ROUNDS = 300;

/** @param penalty of the sum of the weights' sizes, against the mean loss in nats */
export function fit(examples: readonly Example[], words: number, causes: number, penalty: number): Fit {
  const step = 1 / (0.5 * largestEigenvalue(examples, words));
  const biasStep = 2;
  let weights = new Float64Array(words * causes);
  let bias = Float64Array.from({ length: causes }, (_, cause) =>
    Math.log(examples.filter((one) => one.cause === cause).length / examples.length),
  );
  let ahead: Fit = { weights: weights.slice(), bias: bias.slice() };
  let momentum = 1;
  for (let round = 0; round < ROUNDS; round++) {
    const slope = gradient(examples, ahead, words, causes);
    const next = ahead.weights.map((weight, i) =>
      shrunk(weight - step * (slope.weights[i] ?? 0), step * penalty),
    );
    const nextBias = ahead.bias.map((one, i) => one - biasStep * (slope.bias[i] ?? 0));
    const grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const carry = (momentum - 1) / grown;
    ahead = { weights: beyond(weights, next, carry), bias: beyond(bias, nextBias, carry) };
    [weights, bias, momentum] = [next, nextBias, grown];
  }
  return { weights, bias };
}

function shrunk(value: number, by: number): number {
  return Math.sign(value) * Math.max(0, Math.abs(value) - by);
}

function beyond(from: Float64Array, to: Float64Array, carry: number): Float64Array<ArrayBuffer> {
  return to.map((value, i) => value + carry * (value - (from[i] ?? 0))) as Float64Array<ArrayBuffer>;
}

function gradient(examples: readonly Example[], at: Fit, words: number, causes: number): Fit {
  const weights = new Float64Array(words * causes);
  const bias = new Float64Array(causes);
  for (const { words: known, cause } of examples) {
    const sums = at.bias.slice();
    for (const [word, value] of known)
      for (let c = 0; c < causes; c++)
        sums[c] = (sums[c] ?? 0) + value * (at.weights[word * causes + c] ?? 0);
    const most = Math.max(...sums);
    const shares = sums.map((sum) => Math.exp(sum - most));
    const all = shares.reduce((sum, share) => sum + share, 0);
    for (let c = 0; c < causes; c++) {
      const miss = ((shares[c] ?? 0) / all - (c === cause ? 1 : 0)) / examples.length;
      bias[c] = (bias[c] ?? 0) + miss;
      for (const [word, value] of known) {
        const i = word * causes + c;
        weights[i] = (weights[i] ?? 0) + miss * value;
      }
    }
  }
  return { weights, bias };
}

/** Of XᵀX by the number of examples, by power iteration: it bounds the curvature of the loss. */
function largestEigenvalue(examples: readonly Example[], words: number): number {
  let vector = new Float64Array(words).fill(1 / Math.sqrt(words));
  let length = 1;
  for (let round = 0; round < 50; round++) {
    const next = new Float64Array(words);
    for (const { words: known } of examples) {
      const sum = known.reduce((all, [word, value]) => all + value * (vector[word] ?? 0), 0);
      for (const [word, value] of known) next[word] = (next[word] ?? 0) + (sum * value) / examples.length;
    }
    length = Math.hypot(...next);
    vector = next.map((value) => value / length);
  }
  return length * 1.01;
}
