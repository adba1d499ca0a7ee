using System.Text;
using SyncHealth.SyncEngine.Conflicts.Text.Traces;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text.Traces;

/// <summary>A trace of random transactions with random parents, whose end is what the model makes of it, element by element.</summary>
internal static class RandomTrace
{
    private const int Agents = 4;

    public static EditingTrace Of(Step[] session)
    {
        var transactions = new List<TraceTransaction>();
        var made = new List<(ModelInsertion? Insertion, (ulong Agent, int Seq) Target)>();
        var numbers = new int[Agents];
        foreach (var step in session)
        {
            var index = transactions.Count;
            var agent = step.Peer % Agents;
            int[] parents = index == 0 ? [] : [.. new[] { index - 1 - step.Place % Math.Min(index, 6), index - 1 - step.Size % Math.Min(index, 4) }.Distinct().Order()];
            var seen = new SortedSet<int>();
            Collect(parents);

            var model = Replay(seen.Select(other => (transactions[other].Agent, made[other])), agent, numbers[agent]++);
            var length = model.ToString().Length;
            if (step.Kind < 6 || length == 0)
            {
                var position = step.Place % (length + 1);
                made.Add((model.Insert(position, new Rune('a' + index % 26)), default));
                transactions.Add(new TraceTransaction(agent, parents, [new TracePatch(position, 0, ((char)('a' + index % 26)).ToString())]));
            }
            else
            {
                made.Add((null, model.Delete(step.Place % length)));
                transactions.Add(new TraceTransaction(agent, parents, [new TracePatch(step.Place % length, 1, "")]));
            }

            void Collect(IEnumerable<int> tips)
            {
                foreach (var tip in tips)
                    if (seen.Add(tip))
                        Collect(transactions[tip].Parents);
            }
        }

        return new EditingTrace("", Replay(transactions.Select((transaction, index) => (transaction.Agent, made[index])), 0, 0).ToString(), transactions);
    }

    /// <summary>The model of an agent that has seen some of the history and goes on with a sequence number.</summary>
    private static FugueMaxModel Replay(IEnumerable<(int Agent, (ModelInsertion? Insertion, (ulong Agent, int Seq) Target) Edit)> history, int agent, int next)
    {
        var model = new FugueMaxModel((ulong)agent);
        foreach (var (author, (insertion, target)) in history)
        {
            if (insertion is not null)
                model.Apply(insertion);
            else
                model.Delete((ulong)author, target);
        }

        model.GoOnWith(next);
        return model;
    }
}
