namespace SyncHealth.SyncEngine.Conflicts.Text.Traces;

/// <summary>Questions about who had seen what: the transactions of a trace as a graph. Parents have lower numbers than their children.</summary>
internal sealed class TraceHistory(IReadOnlyList<TraceTransaction> transactions)
{
    /// <summary>Whether someone who had seen <paramref name="tips"/>, and all before them, had seen a transaction.</summary>
    public bool HasSeen(IReadOnlyList<int> tips, int transaction)
    {
        var visited = new HashSet<int>();
        var open = new Stack<int>(tips);
        while (open.TryPop(out var index))
        {
            if (index == transaction)
                return true;
            if (index < transaction || !visited.Add(index))
                continue;
            foreach (var parent in transactions[index].Parents)
                open.Push(parent);
        }

        return false;
    }

    /// <summary>
    /// What lies at or before <paramref name="wanted"/> and not at or before <paramref name="seen"/>, in order. Walks both sides back together,
    /// latest first, until only what both share is left: the cost is that of the difference, not of the history.
    /// </summary>
    public IReadOnlyList<int> Missing(IReadOnlyList<int> seen, IReadOnlyList<int> wanted)
    {
        var open = new PriorityQueue<int, int>();
        var isSeen = new Dictionary<int, bool>();
        var unseen = 0;
        foreach (var index in wanted)
            Add(index, false);
        foreach (var index in seen)
            Add(index, true);

        var missing = new List<int>();
        while (unseen > 0)
        {
            var index = open.Dequeue();
            isSeen.Remove(index, out var known);
            if (!known)
            {
                unseen--;
                missing.Add(index);
            }

            foreach (var parent in transactions[index].Parents)
                Add(parent, known);
        }

        missing.Reverse();
        return missing;

        void Add(int index, bool known)
        {
            if (isSeen.TryAdd(index, known))
            {
                open.Enqueue(index, -index);
                unseen += known ? 0 : 1;
            }
            else if (known && !isSeen[index])
            {
                isSeen[index] = true;
                unseen--;
            }
        }
    }
}
