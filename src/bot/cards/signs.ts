import type { Tone } from '../../operations/screen.ts';

/** How a standing looks: a sign for those who see no colour, and the colour of Adaptive Cards. */
export interface Sign {
  readonly sign: string;
  readonly color: 'Good' | 'Warning' | 'Attention' | 'Default' | 'Accent';
  /** Background of the header. */
  readonly style: 'good' | 'warning' | 'attention' | 'emphasis' | 'accent';
}

const signs: Readonly<Record<Tone, Sign>> = {
  good: { sign: '✔', color: 'Good', style: 'good' },
  warning: { sign: '▲', color: 'Warning', style: 'warning' },
  bad: { sign: '✖', color: 'Attention', style: 'attention' },
  neutral: { sign: '●', color: 'Accent', style: 'emphasis' },
  unknown: { sign: '?', color: 'Default', style: 'emphasis' },
};

/** The sign of a standing. */
export function signOf(tone: Tone): Sign {
  return signs[tone];
}
