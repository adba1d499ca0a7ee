namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>Entries that came before what they build on, by the agent and sequence number that each waits for.</summary>
internal sealed class WaitingRoom
{
    private readonly Dictionary<int, PriorityQueue<RemoteEntry, int>> _byAgent = [];

    public int Count { get; private set; }

    public void Add(RemoteEntry entry, ElementId missing)
    {
        if (!_byAgent.TryGetValue(missing.Agent, out var queue))
            _byAgent[missing.Agent] = queue = new PriorityQueue<RemoteEntry, int>();
        queue.Enqueue(entry, missing.Seq);
        Count++;
    }

    /// <summary>An entry that waited for one of the sequence numbers before <paramref name="next"/>, if there is one.</summary>
    public RemoteEntry? Take(int agent, int next)
    {
        if (!_byAgent.TryGetValue(agent, out var queue) || !queue.TryPeek(out _, out var missing) || missing >= next)
            return null;
        Count--;
        return queue.Dequeue();
    }
}
