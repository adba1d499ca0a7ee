using System.Runtime.InteropServices;
using SyncHealth.Alerting.Worker.Configuration;

namespace SyncHealth.Host.Roles;

/// <summary>Lets a hang-up signal (<c>kill -HUP</c>) read the files of rules and receivers again, with the secrets they name, at the next evaluation.</summary>
internal sealed class ReloadSignal(SetupInForce setup) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            setup.Ask();
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _registration?.Dispose();
}
