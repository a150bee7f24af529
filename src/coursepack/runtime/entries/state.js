import { marked, restore } from '../arrival.js'
import { encode, peek } from '../progress.js'

coursepack.state({ encode, marked, peek, restore })
