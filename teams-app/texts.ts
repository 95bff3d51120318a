import type { OwnLocale } from '../src/operations/operation.ts';

/** What Teams' store and the app's page show. */
export interface AppTexts {
  readonly short: string;
  readonly full: string;
}

/** The app's name is the same in every language. */
export const appName = { short: 'Vaultkeeper', full: 'Vaultkeeper for Azure Backup and Site Recovery' } as const;

/** At most 80 and 4000 characters, by the manifest's schema. */
export const appTexts: Readonly<Record<OwnLocale, AppTexts>> = {
  en: {
    short: 'Azure Backup, Site Recovery and snapshots, approved by a second person.',
    full: 'Ask in a chat whether a VM is protected, back it up, snapshot it, restore it, rehearse a failover or fail over. What could hurt is approved by a second person, on its exact parameters, in the same chat. The bot reads only messages that mention it or are written to it alone, and acts only where you hold the right in Azure yourself.',
  },
  'pt-BR': {
    short: 'Azure Backup, Site Recovery e snapshots, aprovados por uma segunda pessoa.',
    full: 'Pergunte em um chat se uma VM está protegida, faça backup, tire um snapshot, restaure, ensaie um failover ou faça o failover. O que pode causar dano é aprovado por uma segunda pessoa, com os parâmetros exatos, no mesmo chat. O bot lê somente mensagens que o mencionam ou que são escritas só para ele, e age apenas onde você mesmo tem o direito no Azure.',
  },
  it: {
    short: 'Backup di Azure, Site Recovery e snapshot, approvati da una seconda persona.',
    full: 'Chiedi in una chat se una VM è protetta, fanne il backup, uno snapshot, ripristinala, prova un failover o esegui il failover. Ciò che può fare danni è approvato da una seconda persona, con i parametri esatti, nella stessa chat. Il bot legge solo i messaggi che lo menzionano o che sono scritti solo a lui, e agisce solo dove tu stesso hai il diritto in Azure.',
  },
};
