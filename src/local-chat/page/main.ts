import { App } from './app.ts';

new App(document.querySelector('#app') ?? document.body).start();
