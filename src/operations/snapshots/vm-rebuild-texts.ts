import type { OperationTexts, OwnLocale } from '../operation.ts';

/** What `vm.rebuild` says. */
export const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Rebuild a VM from snapshots',
    does: 'build a new VM from the snapshots of a VM',
    example: 'rebuild web-prod-01 from snapshots',
    phrases: [
      'rebuild {vm} from snapshots',
      'rebuild {vm} from its snapshots',
      'rebuild {vm} as a new VM',
      'rebuild {vm}',
      'recreate {vm} from snapshots',
    ],
    messages: {
      undo: 'The new VM stands beside the old one, which was not touched. Delete it in Azure, with its disks and network card.',
      preview:
        'Creates {count, plural, one {# disk} other {# disks}} from the snapshots of {vm} and the new VM {name} with them in {network}, and starts it. {vm} itself is not touched, but the copy bears the same computer name and runs the same programs: on a network that both reach they can collide.',
      subnet: '{network}, subnet {subnet}',
      'name-taken': 'There is a VM called {name} already.',
      'name-taken.advice': 'Ask again in a minute: another name is proposed.',
      done: 'The new VM {name} runs, rebuilt from the snapshots of {vm}.',
      failed: '{vm} could not be rebuilt.',
      left: 'Check {name}; then move people over to it or delete it with its disks: it costs until then.',
      'left-protect': '{name} is not protected yet.',
      'left-snapshots': 'The snapshots stay until they are deleted; they are marked to expire {until}.',
      'left-failed': 'Look into {group}: disks or the VM {name} may have been left, and cost.',
      list: 'Snapshots',
    },
  },
  'pt-BR': {
    title: 'Reconstruir uma VM de snapshots',
    does: 'construir uma nova VM a partir dos snapshots de uma VM',
    example: 'reconstruir a web-prod-01 dos snapshots',
    phrases: [
      'reconstruir a {vm} dos snapshots',
      'reconstruir {vm} a partir dos snapshots',
      'reconstruir a {vm}',
      'reconstrua a {vm} dos snapshots',
      'recriar a {vm} dos snapshots',
    ],
    messages: {
      undo: 'A nova VM está ao lado da antiga, que não foi tocada. Exclua-a no Azure, com os discos e a placa de rede.',
      preview:
        'Cria {count, plural, one {# disco} other {# discos}} dos snapshots de {vm} e com eles a nova VM {name} em {network}, e a inicia. {vm} não é tocada, mas a cópia tem o mesmo nome de computador e executa os mesmos programas: em uma rede que ambas alcançam, elas podem colidir.',
      subnet: '{network}, sub-rede {subnet}',
      'name-taken': 'Já existe uma VM chamada {name}.',
      'name-taken.advice': 'Peça de novo em um minuto: outro nome é proposto.',
      done: 'A nova VM {name} está em execução, reconstruída dos snapshots de {vm}.',
      failed: 'Não foi possível reconstruir {vm}.',
      left: 'Verifique {name}; depois passe as pessoas para ela ou exclua-a com os discos: até lá ela custa.',
      'left-protect': '{name} ainda não está protegida.',
      'left-snapshots': 'Os snapshots ficam até serem excluídos; estão marcados para expirar {until}.',
      'left-failed': 'Veja em {group}: discos ou a VM {name} podem ter ficado, e custam.',
      list: 'Ver os snapshots',
    },
  },
  it: {
    title: 'Ricostruisci una VM dagli snapshot',
    does: 'costruire una nuova VM dagli snapshot di una VM',
    example: 'ricostruisci web-prod-01 dagli snapshot',
    phrases: [
      'ricostruisci {vm} dagli snapshot',
      'ricostruire {vm} dagli snapshot',
      'ricostruisci {vm} come nuova VM',
      'ricostruisci {vm}',
      'ricrea {vm} dagli snapshot',
    ],
    messages: {
      undo: 'La nuova VM sta accanto alla vecchia, che non è stata toccata. Eliminala in Azure, con i dischi e la scheda di rete.',
      preview:
        'Crea {count, plural, one {# disco} other {# dischi}} dagli snapshot di {vm} e con essi la nuova VM {name} in {network}, e la avvia. {vm} non viene toccata, ma la copia ha lo stesso nome computer e gli stessi programmi: in una rete che entrambe raggiungono possono entrare in conflitto.',
      subnet: '{network}, sottorete {subnet}',
      'name-taken': 'C’è già una VM di nome {name}.',
      'name-taken.advice': 'Chiedi di nuovo fra un minuto: viene proposto un altro nome.',
      done: 'La nuova VM {name} è accesa, ricostruita dagli snapshot di {vm}.',
      failed: 'Non è stato possibile ricostruire {vm}.',
      left: 'Controlla {name}; poi sposta le persone su di essa o eliminala con i dischi: fino ad allora si paga.',
      'left-protect': '{name} non è ancora protetta.',
      'left-snapshots': 'Gli snapshot restano finché non si eliminano; sono contrassegnati con scadenza {until}.',
      'left-failed': 'Guarda in {group}: possono essere rimasti dischi o la VM {name}, che si pagano.',
      list: 'Vedi gli snapshot',
    },
  },
};
