using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Alerting.Worker.Digests;
using SyncHealth.Alerting.Worker.Health;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>Runs a round at every interval of the shared clock, so that an accelerated clock evaluates as often as it would in life.</summary>
internal sealed class EvaluationLoop(
    AlertEvaluator evaluator, DigestTelling digests, IngestWatch ingest, SetupInForce setup, SetupWatch setupWatch, RoundWatch rounds, Heartbeat heartbeat, AlertingOptions options, TimeProvider clock, ILogger<EvaluationLoop> log) : BackgroundService
{
    private Task _beat = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var published = false;
        using var timer = new PeriodicTimer(options.Interval, clock);
        do
        {
            try
            {
                rounds.Begin(clock.GetUtcNow());
                published &= !setup.Refresh();
                if (!published)
                    await evaluator.PublishRulesAsync(stoppingToken);
                published = true;
                await GuardAsync(setupWatch.RunAsync, Log.SetupWatchFailed, stoppingToken);
                await GuardAsync(ingest.RunAsync, Log.IngestWatchFailed, stoppingToken);
                await evaluator.RunRoundAsync(stoppingToken);
                await rounds.CompleteAsync(stoppingToken);
                await GuardAsync(digests.RunAsync, Log.DigestFailed, stoppingToken);
                // Beside the next round, which a slow switch must not hold up.
                if (_beat.IsCompleted)
                    _beat = heartbeat.BeatAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                rounds.Fail();
                Log.RoundFailed(log, failure);
            }
        }
        while (await NextAsync(timer, stoppingToken));
        await _beat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What stands beside the rules costs no rule its evaluation when it fails.</summary>
    private async Task GuardAsync(Func<CancellationToken, Task> step, Action<ILogger, Exception> onFailure, CancellationToken stoppingToken)
    {
        try
        {
            await step(stoppingToken);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            onFailure(log, failure);
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
