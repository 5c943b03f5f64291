#!lua flags=allow-oom
-- Takes the one next entry without waiting. First what this consumer was given in a reply that it never got; then what
-- others let go, lowest id first, since both come before everything new in the order of the queue; then the new.
-- With the id of an entry that was handled, that one is settled in the same step, as ack.lua does it: a server that syncs
-- to disk with every command does so once less for each message.
-- KEYS: stream. ARGV: group, consumer, released, and perhaps a handled id. Answers the entry, or nil.
if ARGV[4] then
  redis.call('XACK', KEYS[1], ARGV[1], ARGV[4])
  redis.call('XDEL', KEYS[1], ARGV[4])
end
local function first(reply)
  return reply and reply[1] and reply[1][2] and reply[1][2][1]
end
local function read(from)
  return first(redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', 1, 'STREAMS', KEYS[1], from))
end
local own = read('0')
while own do
  if own[2] then
    return own
  end
  -- Deleted meanwhile, by another who had handled it: nothing is left but the pending mark.
  redis.call('XACK', KEYS[1], ARGV[1], own[1])
  own = read('0')
end
local released = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[3])
while #released > 0 do
  -- XCLAIM drops the mark of an entry that is gone, so this ends.
  local claimed = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, released[1][1])
  if claimed[1] then
    return claimed[1]
  end
  released = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[3])
end
return read('>')
