'use strict';

module.exports = require('../dist/src/queue/index');
