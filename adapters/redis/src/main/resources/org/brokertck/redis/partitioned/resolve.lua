#!lua flags=allow-oom
-- Settles the doubt about a batch that nobody waits for any more: answers the offsets when it was appended. Otherwise it uses the
-- number up, so that a command that is still on its way appends nothing when it arrives, and answers nothing.
-- KEYS: lane. ARGV: number of the batch, milliseconds that the lane is kept.
local done = redis.call('GET', KEYS[1])
if done then
  local last, answer = string.match(done, '^(%d+):(.*)$')
  if last == ARGV[1] then
    return answer
  end
end
redis.call('SET', KEYS[1], ARGV[1] .. ':', 'PX', ARGV[2])
return false
