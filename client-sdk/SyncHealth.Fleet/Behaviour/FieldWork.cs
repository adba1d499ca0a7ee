using System.Globalization;
using SyncHealth.SyncEngine;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.Fleet.Behaviour;

/// <summary>
/// A technician's app: customers have jobs, jobs have tasks and photos. What is made builds upon what it belongs to, so that nobody at the office sees a task
/// without its job; a job that is done is urgent, since the customer waits for the bill; photos are bulk.
/// </summary>
internal sealed class FieldWork
{
    /// <summary>Entity of customers.</summary>
    private const string Customer = "customer";

    /// <summary>Entity of jobs.</summary>
    private const string Job = "job";

    /// <summary>Entity of tasks.</summary>
    private const string Task = "task";

    /// <summary>Recent records that a technician picks from.</summary>
    private const int Recent = 12;

    /// <summary>Of so many edits one ends a job.</summary>
    private const int EditsPerEnd = 6;

    private readonly NotesEngine _engine;
    private readonly RecordRepository _customers;
    private readonly RecordRepository _jobs;
    private readonly RecordRepository _tasks;

    public FieldWork(NotesEngine engine) =>
        (_engine, _customers, _jobs, _tasks) = (engine, engine.Records(Customer), engine.Records(Job), engine.Records(Task));

    /// <summary>Declares what the app edits.</summary>
    public static void Declare(EngineOptions options)
    {
        foreach (var entity in new[] { Customer, Job, Task })
        {
            options.Entities.Add(entity);
            options.Conflicts[entity] = new FieldMerge();
        }

        options.UseAttachments();
    }

    public void Perform(DeviceStep step)
    {
        switch (step.Action)
        {
            case DeviceAction.Create:
                Begin(step);
                break;
            case DeviceAction.Photo:
                Photograph(step);
                break;
            case DeviceAction.Delete:
                if (Pick(_tasks, step) is { } dropped)
                    _tasks.Delete(dropped.Id);
                break;
            default:
                Work(step);
                break;
        }
    }

    private void Begin(DeviceStep step)
    {
        var customer = Pick(_customers, step) ?? _customers.Create($"customer of {Moment(step)}", "");
        var job = _jobs.Create($"job of {Moment(step)}", "open", customer.Id);
        _tasks.Create("diagnose", "open", job.Id);
        _tasks.Create("repair", "open", job.Id);
    }

    private void Work(DeviceStep step)
    {
        if (Pick(_jobs, step) is not { } job)
            Begin(step);
        else if (step.Size % EditsPerEnd == 0)
            _jobs.Update(job.Id, job.Content.Title, $"done at {Moment(step)}", OperationPriority.High);
        else if (Pick(_tasks, step) is { } task)
            _tasks.Update(task.Id, task.Content.Title, $"done at {Moment(step)}");
    }

    /// <summary>Noise, as compressed pictures are.</summary>
    private void Photograph(DeviceStep step)
    {
        if (Pick(_jobs, step) is not { } job)
            return;
        var picture = new byte[step.Size];
        new Random(step.Size).NextBytes(picture);
        _engine.Attachments().Add($"photo of {Moment(step)}", picture, job.Id);
    }

    private static Note? Pick(RecordRepository records, DeviceStep step) =>
        records.List(Recent) is { Count: > 0 } recent ? recent[(int)(step.Pick * step.Pick * recent.Count)] : null;

    private static string Moment(DeviceStep step) => step.At.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
