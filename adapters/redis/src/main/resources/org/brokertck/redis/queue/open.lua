#!lua flags=allow-oom
-- Makes the group before anything is produced, at id 0, so that no entry can lie before its start; and enters the
-- instance with its lease. Repeating it is harmless: it also mends a server that came back empty.
-- KEYS: stream, instances. ARGV: group, instance, lease in microseconds.
local made = redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
if type(made) == 'table' and made.err and not string.find(made.err, 'BUSYGROUP', 1, true) then
  return made
end
local time = redis.call('TIME')
redis.call('ZADD', KEYS[2], string.format('%.0f', time[1] * 1000000 + time[2] + ARGV[3]), ARGV[2])
return 1
