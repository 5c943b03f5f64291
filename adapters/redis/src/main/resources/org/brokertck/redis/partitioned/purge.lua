#!lua flags=allow-oom
-- Counts and deletes in one step, so that the number is the true one. The memory is freed in the background.
-- KEYS: dead. Answers how many went.
local count = redis.call('XLEN', KEYS[1])
redis.call('UNLINK', KEYS[1])
return count
