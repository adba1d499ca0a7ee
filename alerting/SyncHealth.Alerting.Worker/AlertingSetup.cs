using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;

namespace SyncHealth.Alerting.Worker;

/// <summary>The rules and receivers of an installation, read and checked.</summary>
public sealed record AlertingSetup(IReadOnlyList<AlertRule> Rules, IReadOnlyList<ChannelOptions> Receivers)
{
    private const string ShippedRules = "rules.yaml";

    /// <summary>The routing tree; without one every alert goes to the receivers of its rule.</summary>
    public RouteTree Tree { get; init; } = RouteTree.Empty;

    /// <summary>Summaries at chosen hours.</summary>
    public IReadOnlyList<DigestDefinition> Digests { get; init; } = [];

    /// <summary>Names of those that are told when somebody is on an incident: they would wake the next one otherwise, or show a conversation.</summary>
    public IReadOnlyCollection<string> HearingAcknowledgements { get; } = Receivers.Where(receiver => receiver.HearsAcknowledgements).Select(receiver => receiver.Name).ToHashSet();

    /// <summary>Names of the configured receivers that have their secret: the others cannot be told anything.</summary>
    public IReadOnlyCollection<string> ConfiguredNames { get; } = Receivers.Where(receiver => receiver.HasSecret).Select(receiver => receiver.Name).ToHashSet();

    /// <summary>Names of those that wake people.</summary>
    public IReadOnlyCollection<string> Pagers { get; } = Receivers.OfType<PagerDutyOptions>().Select(receiver => receiver.Name).ToHashSet();

    /// <summary>Reads what <paramref name="options"/> name.</summary>
    /// <exception cref="AlertingConfigurationException">A file is missing or wrong; the message has every problem with key, line and what is allowed.</exception>
    public static AlertingSetup Load(AlertingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var rules = options.RulesFile is { } file ? ReadFile("RulesFile", file) : ReadDocument("the shipped rules", ReadShipped());
        var receivers = options.ReceiversFile is { } other ? ReadFile("ReceiversFile", other) : new RuleDocument([], []);
        if (receivers.Rules.Count > 0)
            throw new AlertingConfigurationException($"Alerting:ReceiversFile: {options.ReceiversFile}: holds rules; name it in Alerting:RulesFile.");

        if (rules.Routes.Count > 0 && receivers.Routes.Count > 0)
            throw new AlertingConfigurationException($"Alerting:ReceiversFile: {options.ReceiversFile}: holds routes, and so does {options.RulesFile}; a tree stands in one file.");
        var routed = receivers.Routes.Count > 0 ? receivers : rules.Routes.Count > 0 ? rules : rules with { Routes = [.. options.Routes] };
        DigestDefinition[] digests = [.. rules.Digests, .. receivers.Digests, .. options.Digests];
        var configured = Combine(options, rules, receivers);
        var problems = configured.Count == 0 ? [] : ReceiverNames.Check(rules.Rules, routed.Routes, [.. configured.Select(receiver => receiver.Name)], digests);
        Refuse($"Alerting:RulesFile: {options.RulesFile}", problems.Select(problem => problem.ToString()));
        Refuse("Alerting", digests.SelectMany(digest => digest.Notify.Where(name => configured.Any(receiver => receiver.Name == name && !receiver.TakesDigests))
            .Select(name => $"line {digest.Line}: digests[{digest.Name}].notify: '{name}' holds incidents. Allowed: receivers of the types slack, email and webhook.")));
        Refuse("Alerting:HealthReceivers", options.HealthReceivers.Where(name => configured.All(receiver => receiver.Name != name))
            .Select(name => $"receiver '{name}' is not configured (environment SYNCHEALTH__Alerting__HealthReceivers)."));
        return new AlertingSetup(rules.Rules, configured) { Tree = routed.Tree, Digests = digests };
    }

    private static List<ChannelOptions> Combine(AlertingOptions options, RuleDocument rules, RuleDocument receivers)
    {
        var configured = new List<ChannelOptions>();
        foreach (var (document, file) in new[] { (rules, options.RulesFile), (receivers, options.ReceiversFile) })
            foreach (var definition in document.Receivers)
            {
                if (configured.Any(receiver => receiver.Name == definition.Name))
                    throw new AlertingConfigurationException($"{file}: line {definition.Line}: receivers.{definition.Name}: is configured twice.");
                configured.Add(ChannelOptionsReader.Read(definition, file!));
            }

        configured.AddRange(options.Receivers.Where(receiver => configured.All(other => other.Name != receiver.Name)));
        Refuse("Alerting", configured.SelectMany(receiver => ProblemsOf(receiver, options.AllowPrivateTargets)));
        Refuse("Alerting", configured
            .Where(receiver => receiver.Fallback is { } fallback && (fallback == receiver.Name || configured.All(other => other.Name != fallback)))
            .Select(receiver => $"receivers.{receiver.Name}.fallback: '{receiver.Fallback}' is no other configured receiver."));
        return configured;
    }

    private static IEnumerable<string> ProblemsOf(ChannelOptions receiver, bool allowPrivate)
    {
        // One that waits for its secret is not wrong; it is shown as what it is, and checked once the secret is there.
        foreach (var problem in receiver.HasSecret ? receiver.Problems() : [])
            yield return $"receivers.{receiver.Name}.{problem}.";
        foreach (var (key, address) in receiver.Targets)
            if (address is not { IsAbsoluteUri: true } || !(address.Scheme == "https" || (allowPrivate && address.Scheme == "http")) || address.UserInfo.Length > 0)
                yield return $"receivers.{receiver.Name}.{key}: must be an absolute https address without credentials"
                    + (allowPrivate ? "." : "; http only with SYNCHEALTH__Alerting__AllowPrivateTargets=true.");
    }

    private static RuleDocument ReadFile(string key, string path)
    {
        try
        {
            return ReadDocument($"Alerting:{key}: {path}", File.ReadAllText(path));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new AlertingConfigurationException($"Alerting:{key}: {missing.Message} (environment SYNCHEALTH__Alerting__{key}).");
        }
    }

    private static RuleDocument ReadDocument(string name, string yaml)
    {
        var reading = RuleDocumentReader.Read(yaml);
        Refuse(name, reading.Problems.Select(problem => problem.ToString()));
        return reading.Document!;
    }

    private static string ReadShipped()
    {
        using var stream = typeof(AlertingSetup).Assembly.GetManifestResourceStream(ShippedRules)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Refuse(string where, IEnumerable<string> problems)
    {
        var all = problems.ToArray();
        if (all.Length > 0)
            throw new AlertingConfigurationException(string.Join(Environment.NewLine, all.Select(problem => $"{where}: {problem}")));
    }
}
