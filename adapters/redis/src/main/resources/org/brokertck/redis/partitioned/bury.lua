#!lua flags=allow-oom
-- Keeps a record among the dead letters and moves on past it, in one step: it is there once, however often this is repeated.
-- KEYS: owners, commits, stream, dead, full. ARGV: channel of news, what to tell there, partition, owner, offset, then further fields.
-- Answers 1 when done, 0 when it is not the owner.
if redis.call('HGET', KEYS[1], ARGV[3]) ~= ARGV[4] then
  return 0
end
local offset = tonumber(ARGV[5])
if tonumber(redis.call('HGET', KEYS[2], ARGV[3]) or '0') > offset then
  return 1
end
local after = string.format('%.0f', offset + 1)
local entry = redis.call('XRANGE', KEYS[3], '0-' .. after, '0-' .. after)[1]
if entry then
  local fields = {'p', ARGV[3], 'o', ARGV[5]}
  for i = 1, #entry[2] do
    fields[#fields + 1] = entry[2][i]
  end
  for i = 6, #ARGV do
    fields[#fields + 1] = ARGV[i]
  end
  redis.call('XADD', KEYS[4], '*', unpack(fields))
end
redis.call('HSET', KEYS[2], ARGV[3], after)
if redis.call('SREM', KEYS[5], ARGV[3]) == 1 then
  redis.call('PUBLISH', ARGV[1], ARGV[2])
end
return 1
