// @ts-check
/** Where statements wait: IndexedDB, else localStorage, else only this page. Never credentials. */

/**
 * `key` names record store and learner; `seq` the place in line.
 * @typedef {{ seq?: number, key: string, session: string, id: string, text: string, low: boolean }} Item
 */
/**
 * @typedef {object} Store
 * @property {(key: string) => Promise<Item[]>} all in the order in which they were put; rejects where they cannot be read
 * @property {(item: Item) => Promise<unknown>} put resolves when it is written down; sets `seq`
 * @property {(items: Item[]) => void} remove
 * @property {(item: Item, why: string) => void} bury what a record store refuses for good, kept to be looked at
 */

const NAME = 'coursepack-statements'
const WAITING = 'waiting'
const REFUSED = 'refused'
/** Milliseconds after which a database that does not open counts as none. */
const PATIENCE = 3000

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** @param {any} view @param {import('../contract').Kit['storage']} storage @returns {Promise<Store>} */
export async function openStore(view, storage) {
  try {
    const opening = /** @type {IDBOpenDBRequest} */ (view.indexedDB.open(NAME, 1))
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(WAITING, { keyPath: 'seq', autoIncrement: true }).createIndex('key', 'key')
      opening.result.createObjectStore(REFUSED, { keyPath: 'id' })
    }
    const base = await Promise.race([settled(opening), new Promise((_, reject) => setTimeout(reject, PATIENCE))])
    base.onversionchange = () => base.close()
    return database(base)
  } catch {
    return simple(storage)
  }
}

/** @param {IDBDatabase} base @returns {Store} */
function database(base) {
  /** @template T @param {string} name @param {(store: IDBObjectStore) => IDBRequest<T>} work @returns {Promise<T>} */
  const change = (name, work) =>
    new Promise((resolve, reject) => {
      const deal = base.transaction(name, 'readwrite')
      const request = work(deal.objectStore(name))
      deal.oncomplete = () => resolve(request.result)
      deal.onabort = () => reject(deal.error)
      deal.commit?.()
    })
  const quietly = (/** @type {Promise<unknown>} */ work) => void work.catch(() => {})
  return {
    all: async (key) => settled(base.transaction(WAITING).objectStore(WAITING).index('key').getAll(key)),
    put: async (item) => (item.seq = Number(await change(WAITING, (store) => store.put(item)))),
    remove(items) {
      for (const { seq } of items) if (seq) quietly(change(WAITING, (store) => store.delete(seq)))
    },
    bury: (item, why) => quietly(change(REFUSED, (store) => store.put({ ...item, why }))),
  }
}

/** A record; null where it is damaged, so that the others are still read. @param {any} text */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** One record per statement, so that tabs do not overwrite each other. @param {any} storage @returns {Store} */
function simple(storage) {
  const name = (/** @type {Item} */ { key, seq }) => `${NAME} ${key} ${seq}`
  let last = 0
  return {
    async all(key) {
      const found = storage.keys(`${NAME} ${key} `).map((/** @type {string} */ one) => parsed(storage.get(one)))
      return found.filter((/** @type {any} */ item) => item?.seq).sort((/** @type {any} */ a, /** @type {any} */ b) => a.seq - b.seq)
    },
    async put(item) {
      item.seq = last = Math.max(last + 1, Date.now() * 100)
      if (!storage.set(name(item), JSON.stringify(item))) throw new Error('no room')
    },
    remove: (items) => items.forEach((item) => storage.remove(name(item))),
    bury: (item, why) => void storage.set(`${NAME} ${REFUSED} ${item.id}`, JSON.stringify({ ...item, why })),
  }
}
