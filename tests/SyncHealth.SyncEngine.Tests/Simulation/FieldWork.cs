using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>
/// Records that build upon one another: jobs, some of which the server refuses for good, tasks of jobs, and photos of tasks, which are bulk. What builds upon
/// something is at the server after it, and what is refused holds up nothing but what builds upon it.
/// </summary>
internal sealed class FieldWork(EditHistory edits)
{
    public const string Job = "job";
    public const string Task = "task";
    public const string Photo = "photo";

    private const int RefusedOutOf = 3;

    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);

    /// <summary>Does a step of one of these kinds.</summary>
    /// <param name="step">What.</param>
    /// <param name="replica">Who.</param>
    /// <param name="text">A title that there was not before.</param>
    public void Do(SimulationStep step, SimulatedReplica replica, string text)
    {
        switch (step.Kind)
        {
            case StepKind.EditJob when Any(replica.Jobs, step) is { } job:
                replica.Jobs.Update(job.Id, text, job.Content.Body);
                edits.Wrote(job.Id, text, job.Content.Title);
                break;
            case StepKind.AddTask when Any(replica.Jobs, step) is { } job:
                Add(replica.Tasks, text, job.Id);
                break;
            case StepKind.AddPhoto when Any(replica.Tasks, step) is { } task:
                Add(replica.Photos, text, task.Id);
                break;
            default:
                Add(replica.Jobs, step.Value % RefusedOutOf == 0 ? SimulatedServer.Refused + text : text, parentId: null);
                break;
        }
    }

    /// <summary>The end: whatever a replica still has to send was refused, or builds upon something that was.</summary>
    /// <returns>Titles of what waits, by record.</returns>
    /// <exception cref="SimulationException">Something waits for no reason.</exception>
    public IReadOnlyDictionary<string, string> CheckWaiting(SimulatedReplica replica)
    {
        var waiting = HistoryChecker.ReadAll(replica).Where(static record => record.IsPending)
            .ToDictionary(static record => record.Id, static record => record.Content.Title, StringComparer.Ordinal);
        foreach (var (id, title) in waiting)
            if (!IsRefused(title) && !(_parents.TryGetValue(id, out var parent) && waiting.ContainsKey(parent)))
                throw new SimulationException($"'{title}' of {replica.Name} waits for nothing");
        var depth = replica.Store.Read(static transaction => transaction.Outbox.Depth());
        var refused = waiting.Values.Count(IsRefused);
        return (depth.Parked, depth.Waiting) == (refused, waiting.Count - refused)
            ? waiting
            : throw new SimulationException($"{replica.Name} counts {depth} where {refused} of {waiting.Count} were refused");
    }

    /// <exception cref="SimulationException">Something reached the server before what it builds upon.</exception>
    public void CheckOrder(SimulatedServer server)
    {
        var arrived = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in server.History)
        {
            arrived.Add(change.Id);
            if (_parents.TryGetValue(change.Id, out var parent) && !arrived.Contains(parent))
                throw new SimulationException($"{change.Id} reached the server before {parent}, which it builds upon");
        }
    }

    private void Add(RecordRepository records, string title, string? parentId)
    {
        var id = records.Create(title, "", parentId).Id;
        edits.Wrote(id, title, "");
        if (parentId is not null)
            _parents.Add(id, parentId);
    }

    private static Note? Any(RecordRepository records, SimulationStep step)
    {
        var all = records.List().OrderBy(static record => record.Id, StringComparer.Ordinal).ToArray();
        return all.Length == 0 ? null : all[step.Value % all.Length];
    }

    private static bool IsRefused(string title) => title.StartsWith(SimulatedServer.Refused);
}
