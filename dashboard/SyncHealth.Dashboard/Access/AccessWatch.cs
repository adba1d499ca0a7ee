using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SyncHealth.Dashboard.Access;

/// <summary>
/// Asks again and again whether those who have a page open may still see it: a page that stays open sends no requests by which that could be found out.
/// One question for all of them.
/// </summary>
public sealed class AccessWatch : BackgroundService
{
    /// <summary>Between two questions: with a slow answer and one that was missed, whoever lost access sees nothing more within 60 s (reliability F4).</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>Real time for one question.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly VisitorCheck _check;
    private readonly TimeProvider _clock;
    private readonly ILogger<AccessWatch> _logger;
    private readonly Lock _lock = new();
    private readonly HashSet<Viewer> _viewers = [];
    private PeriodicTimer? _timer;

    internal AccessWatch(VisitorCheck check, TimeProvider clock, ILogger<AccessWatch> logger)
    {
        _check = check;
        _clock = clock;
        _logger = logger;
    }

    internal void Add(Viewer viewer)
    {
        lock (_lock)
            _viewers.Add(viewer);
    }

    internal void Remove(Viewer viewer)
    {
        lock (_lock)
            _viewers.Remove(viewer);
    }

    /// <summary>Asks about some viewers now and lets each become what it is.</summary>
    internal async Task CheckAsync(IReadOnlyList<Viewer> viewers, CancellationToken cancellationToken)
    {
        var known = viewers.Select(viewer => (Viewer: viewer, viewer.Visitor)).Where(pair => pair.Visitor is not null).ToArray();
        if (known.Length == 0)
            return;
        var now = await _check.CheckAsync([.. known.Select(pair => pair.Visitor!)], cancellationToken);
        for (var i = 0; i < known.Length; i++)
            known[i].Viewer.Become(now[i]);
    }

    /// <summary>The first question is due one interval after the start, however long a busy machine takes to get to waiting for it.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = new PeriodicTimer(Interval, _clock);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _timer?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer!.WaitForNextTickAsync(stoppingToken))
                await CheckAllAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops, and every page with it.
            return;
        }
    }

    /// <summary>While the database does not answer nobody can read anything new either; the next question finds out.</summary>
    private async Task CheckAllAsync(CancellationToken stoppingToken)
    {
        Viewer[] viewers;
        lock (_lock)
            viewers = [.. _viewers];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        patience.CancelAfter(Patience);
        try
        {
            await CheckAsync(viewers, patience.Token);
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
        {
            Log.AccessNotChecked(_logger, exception);
        }
    }
}
