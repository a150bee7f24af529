import { printing } from '../printing.js'

coursepack.print(printing)
