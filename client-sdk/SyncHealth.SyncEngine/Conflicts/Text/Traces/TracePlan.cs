namespace SyncHealth.SyncEngine.Conflicts.Text.Traces;

/// <summary>
/// Which replica makes each transaction: one an agent, as long as the agent has always seen its own work. Where an agent of the trace did
/// not (one name used in two places at once), its next transaction begins a replica of its own, numbered so that ties are still broken by
/// agent, then sequence number: a stretch without such a break has neighbouring sequence numbers, so stretches can be ordered as wholes.
/// </summary>
internal sealed class TracePlan
{
    private TracePlan(int[] replicas, IReadOnlyList<int> last)
    {
        Replicas = replicas;
        Last = last;
    }

    /// <summary>For every transaction its replica. Their order is the order that breaks ties.</summary>
    public IReadOnlyList<int> Replicas { get; }

    /// <summary>The last replica of each agent: those that are left in the end.</summary>
    public IReadOnlyList<int> Last { get; }

    public static TracePlan Of(IReadOnlyList<TraceTransaction> transactions, TraceHistory history)
    {
        var stretches = new List<(int Agent, int Start)>();
        var latest = new Dictionary<int, (int Stretch, int Transaction)>();
        var stretchOf = new int[transactions.Count];
        for (var index = 0; index < stretchOf.Length; index++)
        {
            var (agent, parents, _) = transactions[index];
            if (!latest.TryGetValue(agent, out var before) || !history.HasSeen(parents, before.Transaction))
            {
                before.Stretch = stretches.Count;
                stretches.Add((agent, index));
            }

            stretchOf[index] = before.Stretch;
            latest[agent] = (before.Stretch, index);
        }

        var ranks = new int[stretches.Count];
        var rank = 0;
        foreach (var (stretch, _) in stretches.Index().OrderBy(pair => pair.Item))
            ranks[stretch] = rank++;
        return new TracePlan([.. stretchOf.Select(stretch => ranks[stretch])], [.. latest.Values.Select(value => ranks[value.Stretch]).Order()]);
    }
}
