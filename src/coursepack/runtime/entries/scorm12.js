import { scorm12 } from '../drivers/scorm12.js'
import { start } from '../main.js'

void start(scorm12())
