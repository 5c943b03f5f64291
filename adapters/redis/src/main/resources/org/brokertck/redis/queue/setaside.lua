#!lua flags=allow-oom
-- Moves an entry out of the queue, to the dead letters or to the foreign entries, with the fields that say why. Only its
-- holder may do so, and in one step: a message is in one place at any time.
-- KEYS: stream, target. ARGV: group, consumer, id, then further fields. Answers 1 when done.
local stream, group, id = KEYS[1], ARGV[1], ARGV[3]
if #redis.call('XPENDING', stream, group, id, id, 1, ARGV[2]) == 0 then
  return 0
end
local entry = redis.call('XRANGE', stream, id, id)[1]
if entry then
  local fields = entry[2]
  if #fields > 7000 then
    -- More than a script can pass on: such a thing stays where it is, in the hands of nobody who reads.
    redis.call('XCLAIM', stream, group, '@foreign', 0, id, 'JUSTID')
    return 1
  end
  for i = 4, #ARGV do
    fields[#fields + 1] = ARGV[i]
  end
  redis.call('XADD', KEYS[2], '*', unpack(fields))
end
redis.call('XACK', stream, group, id)
redis.call('XDEL', stream, id)
return 1
