using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SyncHealth.Alerting.Worker.Releases;

/// <summary>Looks for new releases until the process stops.</summary>
internal sealed class ReleaseLoop(ReleaseWatch watch, ILogger<ReleaseLoop> log) : BackgroundService
{
    /// <summary>Time between two looks, on the wall clock: a change event a quarter of a minute old is early enough, and the database does not feel it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await watch.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.ReleasesFailed(log, failure);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
