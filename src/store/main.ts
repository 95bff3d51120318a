import { carryOut, commandLog, serverUrl, typedCommand } from './command-line.ts';
import { moveStore } from './move.ts';

const usage = `Usage: npm run store -- move --database-url URL [--data FOLDER]
  Takes the embedded store (default ./data/store) to a PostgreSQL server. Stop the bot first; the folder is left as it is.`;

await carryOut(async () => {
  const { command, values } = typedCommand(usage, {
    data: { type: 'string', default: './data/store' },
    'database-url': { type: 'string' },
  });
  const url = values['database-url'];
  if (command !== 'move' || url === undefined) {
    console.error(usage);
    return 2;
  }
  const counts = await moveStore({ dataFolder: values.data, databaseUrl: serverUrl(url), log: commandLog });
  for (const [table, rows] of Object.entries(counts)) console.log(`${table}: ${rows}`);
  return 0;
});
