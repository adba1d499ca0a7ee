using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>Runs a round at every interval of the shared clock, so that an accelerated clock evaluates as often as it would in life.</summary>
internal sealed class EvaluationLoop(AlertEvaluator evaluator, AlertingOptions options, TimeProvider clock, ILogger<EvaluationLoop> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var published = false;
        using var timer = new PeriodicTimer(options.Interval, clock);
        do
        {
            try
            {
                if (!published)
                    await evaluator.PublishRulesAsync(stoppingToken);
                published = true;
                await evaluator.RunRoundAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(log, failure);
            }
        }
        while (await NextAsync(timer, stoppingToken));
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
