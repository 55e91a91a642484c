'use strict';

require('../dist/src/notebook/plugIn').plugIn();
