/** What each cue said. Recorded and reported, so nothing here may be anything that a face could be drawn from. */
export interface LivenessCues {
  /** The network's logarithm of the odds for a living person, mean of its views. */
  readonly network: number;
  /** 0 to 1: straight edges of a screen or a paper, where a body should hide what is behind. */
  readonly border: number;
  /** 0 to 1: colours that skin does not have. */
  readonly colour: number;
  /** 0 to 1: a grid all over the face, of pixels or of print. */
  readonly grid: number;
}

// In log-odds. However sure the network is, one cue at its fullest leaves a living face above the operating point
// of 0.95, which is at 2.9, and two do not: a striped curtain alone turns nobody away.
const SUREST_NETWORK = 8;
const WEIGHT = 4;

/** 0 to 1, rising with the network and falling with every cue against. */
export function fuseLiveness({ network, border, colour, grid }: LivenessCues): number {
  const logOdds = Math.min(network, SUREST_NETWORK) - WEIGHT * (border + colour + grid);
  return 1 / (1 + Math.exp(-logOdds));
}
