/** How Teams colours cards, light and dark, near enough to judge contrast and weight. */
export const themes = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    text: '#242424',
    subtle: '#616161',
    border: '#d1d1d1',
    emphasis: '#f5f5f5',
    accent: '#5b5fc7',
    good: '#0e700e',
    warning: '#8a5300',
    attention: '#b10e1c',
    goodBack: '#f1faf1',
    warningBack: '#fff9f0',
    attentionBack: '#fdf3f4',
    accentBack: '#eef0fb',
    button: '#ffffff',
    primary: '#5b5fc7',
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    text: '#ffffff',
    subtle: '#adadad',
    border: '#525252',
    emphasis: '#333333',
    accent: '#a3a7f5',
    good: '#7fd07f',
    warning: '#f2c661',
    attention: '#f1999f',
    goodBack: '#12301a',
    warningBack: '#3a2c10',
    attentionBack: '#3f1b20',
    accentBack: '#2f2f4a',
    button: '#292929',
    primary: '#7f85f5',
  },
} as const;

/** One of the two. */
export type Theme = keyof typeof themes;

/** Host configuration of `adaptivecards` for a theme. */
export function hostConfig(theme: Theme): object {
  const t = themes[theme];
  const color = (hue: string) => ({ default: hue, subtle: hue });
  const foregroundColors = {
    default: { default: t.text, subtle: t.subtle },
    accent: color(t.accent),
    good: color(t.good),
    warning: color(t.warning),
    attention: color(t.attention),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    fontFamily: 'Segoe UI, Noto Sans, DejaVu Sans, sans-serif',
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 14 },
    separator: { lineThickness: 1, lineColor: t.border },
    containerStyles: {
      default: style(t.card),
      emphasis: style(t.emphasis),
      good: style(t.goodBack),
      warning: style(t.warningBack),
      attention: style(t.attentionBack),
      accent: style(t.accentBack),
    },
    actions: {
      maxActions: 6,
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      showCard: { actionMode: 'inline', inlineTopMargin: 10, style: 'emphasis' },
    },
    textBlock: { headingLevel: 3 },
  };
}

/** Style sheet of the page and of the buttons, which the library leaves to its host. */
export function styleSheet(theme: Theme): string {
  const t = themes[theme];
  return `body{margin:0;padding:16px;background:${t.page};font:14px Segoe UI,Noto Sans,DejaVu Sans,sans-serif;color:${t.text}}
    .cards{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}
    .card{width:min(100%,600px);background:${t.card};border:1px solid ${t.border};border-radius:6px;overflow:hidden;box-sizing:border-box}
    .ac-actionSet{flex-wrap:wrap;gap:8px}.ac-actionSet>div:empty{display:none}
    .ac-pushButton{font:600 14px inherit;font-family:inherit;padding:5px 12px;border-radius:4px;border:1px solid ${t.border};background:${t.button};color:${t.text}}
    .ac-pushButton.style-positive{background:${t.primary};border-color:${t.primary};color:${theme === 'dark' ? '#000' : '#fff'}}
    .ac-pushButton.style-destructive{border-color:${t.attention};color:${t.attention}}
    .ac-input{font:inherit;width:100%;box-sizing:border-box;padding:6px;border:1px solid ${t.border};border-radius:4px;background:${t.card};color:${t.text}}`;
}
