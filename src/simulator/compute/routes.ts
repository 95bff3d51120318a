import type { Handler } from '../exchange.ts';
import { paths } from '../paths.ts';
import { diskKind, snapshotKind, vmKind } from '../resources/kinds.ts';
import { readRoutes } from '../resources/routes.ts';
import type { Method, Route } from '../router.ts';
import {
  beginAccess,
  deleteDisk,
  deleteSnapshot,
  endAccess,
  patchDisk,
  patchSnapshot,
  putDisk,
  putSnapshot,
} from './copies.ts';
import { changePower, deleteVm, getInstanceView, getVm, patchVm, putVm } from './machines.ts';
import { operationRoutes } from './operations.ts';
import { renderDisk, renderSnapshot, renderVm } from './render.ts';

/** VMs, disks and snapshots. */
export function computeRoutes(): Route[] {
  return [...vmRoutes(), ...diskRoutes(), ...snapshotRoutes(), ...operationRoutes()];
}

function vmRoutes(): Route[] {
  const path = `${paths.compute}/virtualMachines/{vm}`;
  const type = vmKind.type;
  return [
    { method: 'GET', path, action: `${type}/read`, handle: getVm },
    ...readRoutes(vmKind, renderVm),
    { method: 'GET', path: `${path}/instanceView`, action: `${type}/instanceView/read`, handle: getInstanceView },
    { method: 'PUT', path, action: `${type}/write`, handle: putVm },
    { method: 'PATCH', path, action: `${type}/write`, handle: patchVm },
    { method: 'DELETE', path, action: `${type}/delete`, handle: deleteVm },
    post(path, type, ['start', changePower('running')]),
    post(path, type, ['restart', changePower('running')]),
    post(path, type, ['powerOff', changePower('stopped')]),
    post(path, type, ['deallocate', changePower('deallocated')]),
  ];
}

function diskRoutes(): Route[] {
  const path = `${paths.compute}/disks/{disk}`;
  const type = diskKind.type;
  return [
    ...readRoutes(diskKind, renderDisk),
    ...writes(path, type, { PUT: putDisk, PATCH: patchDisk, DELETE: deleteDisk }),
    post(path, type, ['beginGetAccess', beginAccess]),
    post(path, type, ['endGetAccess', endAccess]),
  ];
}

function snapshotRoutes(): Route[] {
  const path = `${paths.compute}/snapshots/{snapshot}`;
  const type = snapshotKind.type;
  return [
    ...readRoutes(snapshotKind, renderSnapshot),
    ...writes(path, type, { PUT: putSnapshot, PATCH: patchSnapshot, DELETE: deleteSnapshot }),
    post(path, type, ['beginGetAccess', beginAccess]),
    post(path, type, ['endGetAccess', endAccess]),
  ];
}

function writes(path: string, type: string, handlers: Record<'PUT' | 'PATCH' | 'DELETE', Handler>): Route[] {
  const route = (method: Method, verb: string, handle: Handler): Route => ({
    method,
    path,
    action: `${type}/${verb}`,
    handle,
  });
  return [
    route('PUT', 'write', handlers.PUT),
    route('PATCH', 'write', handlers.PATCH),
    route('DELETE', 'delete', handlers.DELETE),
  ];
}

function post(path: string, type: string, [verb, handle]: [string, Handler]): Route {
  return { method: 'POST', path: `${path}/${verb}`, action: `${type}/${verb}/action`, handle };
}
