import type { OperationTexts, OwnLocale } from '../operation.ts';

/** What `vm.rebuild-in-place` says. */
export const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Rebuild a VM in place',
    does: 'put a VM back to its snapshots, in place',
    example: 'rebuild web-prod-01 in place from snapshots',
    phrases: [
      'rebuild {vm} in place',
      'rebuild {vm} in place from snapshots',
      'replace the disks of {vm} from snapshots',
      'swap the disks of {vm} for its snapshots',
      'rebuild {vm} in place from its snapshots',
      'roll back {vm} to its snapshots',
      'roll back {vm} to the snapshots in place',
      'roll back {vm} to a snapshot',
      'put {vm} back to its snapshots',
      'rebuild the disks of {vm} in place from snapshots',
      'replace {vm} with its snapshots',
      'restore {vm} in place from snapshots',
      'restore {vm} in place from the snapshots of the run',
      'restore the disks of {vm} in place from snapshots',
      'roll back the disks of {vm} to the snapshots',
      'do an in-place rebuild of {vm}',
      'in-place rebuild of {vm} from the snapshots of the run',
      'in-place rebuild of {vm}',
    ],
    messages: {
      'for-good':
        'What was written since the snapshots is only on the old disks: the VM does not get it back by itself.',
      undo: 'The old disks are kept. Stop the VM and attach them again in Azure; what was written since goes with the new ones.',
      preview:
        'Creates {count, plural, one {# disk} other {# disks}} from snapshots, stops {vm}, puts {count, plural, one {the new disk} other {the new disks}} in the place of the old and starts it: what was written since is no longer on the VM. The old disks stay, unattached.',
      'per-month': '{cost, number, ::currency/USD} a month while they stay',
      running: 'The VM is running: it is stopped, and whoever uses it is cut off.',
      'running.advice': 'Tell those who use it first.',
      done: '{vm} runs with the disks from its snapshots.',
      failed: '{vm} could not be rebuilt in place.',
      'left-check': 'Check that {vm} runs and what its programs say of their data.',
      'left-old':
        'The old {count, plural, one {disk stays} other {disks stay}} in {group}, unattached: to be deleted when nobody needs what is on {count, plural, one {that disk} other {those disks}}.',
      'left-old-cost':
        'The old {count, plural, one {disk stays} other {disks stay}} in {group}, unattached, at about {cost, number, ::currency/USD} a month until deleted.',
      'left-snapshots': 'The snapshots stay until they are deleted; they are marked to expire {until}.',
      'left-failed':
        'Check at once whether {vm} runs and which disks it has: it may be stopped. New disks may have been left in {group}; the old ones are there in any case.',
      show: 'Show protection',
    },
  },
  'pt-BR': {
    title: 'Reconstruir uma VM no lugar',
    does: 'voltar uma VM aos seus snapshots, no lugar',
    example: 'reconstruir a web-prod-01 no lugar a partir dos snapshots',
    phrases: [
      'reconstruir a {vm} no lugar',
      'reconstruir a {vm} no lugar a partir dos snapshots',
      'substituir os discos da {vm} pelos snapshots',
      'trocar os discos da {vm} pelos snapshots',
      'reconstrua a {vm} no lugar',
      'voltar {vm} para os snapshots no lugar',
      'voltar {vm} para os snapshots',
      'reverter a {vm} para os snapshots',
      'fazer rollback da {vm} para o snapshot',
      'substituir os discos da {vm} pelos snapshots',
      'reverter a {vm} para os snapshots',
    ],
    messages: {
      'for-good':
        'O que foi gravado desde os snapshots fica só nos discos antigos: a VM não o recebe de volta sozinha.',
      undo: 'Os discos antigos foram guardados. Pare a VM e anexe-os de novo no Azure; o que foi escrito desde então fica nos novos.',
      preview:
        'Cria {count, plural, one {# disco} other {# discos}} de snapshots, para {vm}, põe {count, plural, one {o disco} other {os discos}} no lugar dos antigos e a inicia: o que foi escrito desde então não está mais na VM. Os discos antigos ficam, desanexados.',
      'per-month': '{cost, number, ::currency/USD} por mês enquanto ficarem',
      running: 'A VM está em execução: ela é parada, e quem a usa é desconectado.',
      'running.advice': 'Avise antes quem a usa.',
      done: '{vm} está em execução com os discos dos snapshots.',
      failed: 'Não foi possível reconstruir {vm} no lugar.',
      'left-check': 'Verifique se {vm} está em execução e o que os programas dizem dos dados.',
      'left-old':
        '{count, plural, one {O disco antigo fica} other {Os discos antigos ficam}} em {group}, sem VM: a excluir quando ninguém precisar do que há {count, plural, one {nesse disco} other {nesses discos}}.',
      'left-old-cost':
        '{count, plural, one {O disco antigo fica} other {Os discos antigos ficam}} em {group}, sem VM, a cerca de {cost, number, ::currency/USD} por mês até a exclusão.',
      'left-snapshots': 'Os snapshots ficam até serem excluídos; estão marcados para expirar {until}.',
      'left-failed':
        'Verifique já se {vm} está em execução e quais discos tem: pode estar parada. Discos novos podem ter ficado em {group}; os antigos estão lá de qualquer forma.',
      show: 'Mostrar a proteção',
    },
  },
  it: {
    title: 'Ricostruisci una VM sul posto',
    does: 'riportare una VM ai suoi snapshot, sul posto',
    example: 'ricostruisci web-prod-01 sul posto dagli snapshot',
    phrases: [
      'ricostruisci {vm} sul posto',
      'ricostruisci {vm} sul posto dagli snapshot',
      'sostituisci i dischi di {vm} con gli snapshot',
      'scambia i dischi di {vm} con gli snapshot',
      'ricostruire {vm} sul posto',
      'riporta {vm} agli snapshot sul posto',
      'riporta {vm} agli snapshot',
      'rollback di {vm} agli snapshot',
      'fai il rollback di {vm} allo snapshot',
      'ripristina {vm} sul posto dagli snapshot',
      'sostituisci i dischi di {vm} dagli snapshot',
      'ripristina i dischi di {vm} dagli snapshot sul posto',
      'riporta {vm} allo snapshot',
    ],
    messages: {
      'for-good':
        'Ciò che è stato scritto dopo gli snapshot resta solo sui vecchi dischi: la VM non lo riavrà da sola.',
      undo: 'I vecchi dischi sono conservati. Ferma la VM e ricollegali in Azure; ciò che è stato scritto da allora resta su quelli nuovi.',
      preview:
        'Crea {count, plural, one {# disco} other {# dischi}} dagli snapshot, ferma {vm}, {count, plural, one {lo mette} other {li mette}} al posto dei vecchi e la avvia: ciò che è stato scritto da allora non è più sulla VM. I vecchi dischi restano, scollegati.',
      'per-month': '{cost, number, ::currency/USD} al mese finché restano',
      running: 'La VM è accesa: viene fermata e chi la usa viene scollegato.',
      'running.advice': 'Avvisa prima chi la usa.',
      done: '{vm} è accesa con i dischi dei suoi snapshot.',
      failed: 'Non è stato possibile ricostruire {vm} sul posto.',
      'left-check': 'Controlla che {vm} sia accesa e che cosa dicono dei dati i suoi programmi.',
      'left-old':
        '{count, plural, one {Il vecchio disco resta} other {I vecchi dischi restano}} in {group}, senza VM: da eliminare quando a nessuno serve ciò che c’è {count, plural, one {su quel disco} other {su quei dischi}}.',
      'left-old-cost':
        '{count, plural, one {Il vecchio disco resta} other {I vecchi dischi restano}} in {group}, senza VM, a circa {cost, number, ::currency/USD} al mese fino all’eliminazione.',
      'left-snapshots': 'Gli snapshot restano finché non si eliminano; sono contrassegnati con scadenza {until}.',
      'left-failed':
        'Controlla subito se {vm} è accesa e quali dischi ha: può essere ferma. In {group} possono essere rimasti dischi nuovi; i vecchi ci sono in ogni caso.',
      show: 'Mostra la protezione',
    },
  },
};
