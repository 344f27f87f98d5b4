// Nobody may change Object.prototype, so that no text from outside can plant a property into every object.
//
// Tauri's own `freezePrototype` is a bare Object.freeze. In JavaScript that also forbids `object.constructor = ...` on
// every object that merely inherits the frozen property, and d3 (below the flow map) does that while it loads. So each
// property becomes a pair of functions first: setting it on an inheriting object gives that object its own.
(() => {
  "use strict";
  const prototype = Object.prototype;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const { value, writable } = Object.getOwnPropertyDescriptor(prototype, name);
    if (writable !== true) continue;
    Object.defineProperty(prototype, name, {
      get: () => value,
      set(own) {
        if (this === prototype) throw new TypeError(`Object.prototype.${name} is frozen`);
        Object.defineProperty(this, name, { value: own, writable: true, enumerable: true, configurable: true });
      },
    });
  }
  Object.freeze(prototype);
})();
