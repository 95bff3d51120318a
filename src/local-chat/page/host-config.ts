/**
 * How Teams draws cards. Colours are the theme's own variables, so that one configuration serves light and dark and a
 * change of theme needs no new drawing.
 */
export const hostConfig = {
  fontFamily: 'inherit',
  supportsInteractivity: true,
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: container('transparent'),
    emphasis: container('var(--card-emphasis)'),
    accent: container('var(--card-accent)'),
    good: container('var(--card-good)'),
    warning: container('var(--card-warning)'),
    attention: container('var(--card-attention)'),
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12 },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    iconPlacement: 'leftOfTitle',
    iconSize: 16,
  },
  adaptiveCard: { allowCustomStyle: false },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', color: 'default', size: 'default', isSubtle: false, suffix: ' (required)' },
      optionalInputs: { weight: 'bolder', color: 'default', size: 'default', isSubtle: false },
    },
    errorMessage: { color: 'attention', size: 'small', weight: 'default', spacing: 'small' },
  },
  textBlock: { headingLevel: 4 },
  textStyles: {
    heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false },
    columnHeader: { weight: 'bolder', color: 'default', isSubtle: false },
  },
} as const;

function container(backgroundColor: string) {
  return {
    backgroundColor,
    borderColor: 'var(--line)',
    foregroundColors: {
      default: color('var(--ink)', 'var(--ink-soft)'),
      dark: color('var(--ink)', 'var(--ink-soft)'),
      light: color('var(--ink-soft)', 'var(--ink-soft)'),
      accent: color('var(--accent-ink)', 'var(--accent-ink)'),
      good: color('var(--good)', 'var(--good)'),
      warning: color('var(--warning)', 'var(--warning)'),
      attention: color('var(--attention)', 'var(--attention)'),
    },
  };
}

function color(normal: string, subtle: string) {
  return { default: normal, subtle, highlightColors: { default: 'var(--highlight)', subtle: 'var(--highlight)' } };
}
