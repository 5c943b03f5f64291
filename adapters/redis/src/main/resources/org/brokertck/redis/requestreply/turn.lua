#!lua flags=allow-oom
-- A responder gives its answer and takes the next request. An answer counts only while its request is there, so that a late one, and
-- that of a second handling, are discarded. What a connection that broke had taken lies in the hand, and comes first.
-- KEYS: line, hand. ARGV: prefix, the name of the request that is answered or nothing, the entry for the requester, how long replies are
-- kept in milliseconds, 1 when another request is wanted. Answers its name and its bytes, or nothing when there is none.
local prefix, answered = ARGV[1], ARGV[2]
if answered ~= '' then
  redis.call('LREM', KEYS[2], 1, answered)
  if redis.call('DEL', prefix .. 'request:' .. answered) == 1 then
    local replies = prefix .. 'replies:' .. string.match(answered, '^(.*):%d+$')
    redis.call('RPUSH', replies, ARGV[3])
    redis.call('PEXPIRE', replies, ARGV[4])
  end
end
while ARGV[5] == '1' do
  local name = redis.call('LINDEX', KEYS[2], 0) or redis.call('LMOVE', KEYS[1], KEYS[2], 'LEFT', 'RIGHT')
  if not name then
    break
  end
  local request = redis.call('GET', prefix .. 'request:' .. name)
  if request then
    redis.call('PEXPIRE', KEYS[2], ARGV[4])
    return {name, request}
  end
  redis.call('LPOP', KEYS[2])
end
return {}
