/** Azure Backup's filters take `yyyy-MM-dd hh:mm:ss AM`, twelve hours, UTC, whole seconds (azure-api.md 1.1). */
export function backupFilterTime(at: Date): string {
  const hours = at.getUTCHours();
  const clock = [((hours + 11) % 12) + 1, at.getUTCMinutes(), at.getUTCSeconds()].map(twoDigits).join(':');
  return `${at.toISOString().slice(0, 10)} ${clock} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** A value inside an OData filter's quotes. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
