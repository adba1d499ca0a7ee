// Replays an editing trace through Yjs, one update an edit, as ./synchealth bench text does with SyncHealth's own text CRDT.
// node --expose-gc replay.js TRACE ROUNDS: prints one line of JSON.
import { readFileSync } from 'node:fs'
import { gunzipSync, brotliDecompressSync } from 'node:zlib'
import * as Y from 'yjs'

const [path, rounds] = process.argv.slice(2)
const bytes = readFileSync(path)
const content = path.endsWith('.gz') ? gunzipSync(bytes) : path.endsWith('.br') ? brotliDecompressSync(bytes) : bytes
const trace = JSON.parse(content)
const patches = trace.txns.flatMap(txn => txn.patches)

/** Every edit one by one, each with the bytes that a peer would get. */
const replay = () => {
  const doc = new Y.Doc()
  const text = doc.getText('t')
  let updateBytes = 0
  doc.on('update', update => { updateBytes += update.length })
  const cpu = process.cpuUsage()
  const start = performance.now()
  for (const [position, deleted, inserted] of patches) {
    doc.transact(() => {
      if (deleted > 0) text.delete(position, deleted)
      if (inserted.length > 0) text.insert(position, inserted)
    })
  }
  const wallMs = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { doc, text, updateBytes, wallMs, cpuMs: (user + system) / 1000 }
}

// The first replay pays for the compiler and does not count, but for memory: later ones begin with the last document not yet collected.
globalThis.gc()
const heapBefore = process.memoryUsage().heapUsed
const first = replay()
globalThis.gc()
const heapBytes = process.memoryUsage().heapUsed - heapBefore
let isMatch = first.text.toString() === trace.endContent

const measured = []
for (let round = 0; round < Number(rounds); round++) {
  globalThis.gc()
  const { doc, text, updateBytes, wallMs, cpuMs } = replay()
  const snapshot = Y.encodeStateAsUpdate(doc)
  const start = performance.now()
  const copy = new Y.Doc()
  Y.applyUpdate(copy, snapshot)
  const loadMs = performance.now() - start
  isMatch &&= text.toString() === trace.endContent && copy.getText('t').toString() === trace.endContent
  measured.push({ wallMs, cpuMs, updateBytes, heapBytes, snapshotBytes: snapshot.length, loadMs, isMatch })
}
console.log(JSON.stringify(measured))
