using SyncHealth.Testing.Processes;

namespace SyncHealth.Faults.Tests.Leases;

/// <summary><c>synchealth up --role alerting</c> as its own process, with one rule and one receiver, evaluating every second; what it finds would be told an hour later.</summary>
internal sealed class AlertingProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SyncHealthProcess _process;
    private bool _isFrozen;

    /// <param name="connectionString">A migrated database.</param>
    /// <param name="deviceKeyFile">The secret that all processes of an installation share.</param>
    /// <param name="pager">Where PagerDuty's stand-in takes events.</param>
    public AlertingProcess(string connectionString, string deviceKeyFile, Uri pager)
    {
        var file = Path.Combine(_folder.Path, "alerting.yaml");
        File.WriteAllText(Path.Combine(_folder.Path, "pager.key"), "0123456789abcdef0123456789abcdef");
        File.WriteAllText(file, $$"""
            rules:
              - { name: frozen, metric: success_rate, below: 95, window: 15m, groupWait: 1h, notify: [pager] }
            receivers:
              pager: { type: pagerduty, url: "{{pager}}", routingKeyFile: pager.key }
            """);
        var environment = new Dictionary<string, string>
        {
            ["SYNCHEALTH__Storage__DeviceKeyFile"] = deviceKeyFile,
            ["SYNCHEALTH__Alerting__Interval"] = "1s",
            ["SYNCHEALTH__Alerting__AllowPrivateTargets"] = "true",
        };
        _process = SyncHealthProcess.Start(
            Path.Combine(_folder.Path, "data"), new ProcessSettings { Environment = environment },
            "up", "--role", "alerting", "--postgres", connectionString, "--data", "{data}", "--port", "{port}", "--rules", file);
    }

    /// <summary>What it printed.</summary>
    public IReadOnlyList<string> Lines => _process.Lines;

    public Task WaitUntilReadyAsync() => _process.WaitUntilReadyAsync();

    public void Freeze()
    {
        _process.Freeze();
        _isFrozen = true;
    }

    public void Thaw()
    {
        _process.Thaw();
        _isFrozen = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isFrozen)
            Thaw();
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
