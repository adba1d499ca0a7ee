namespace SyncHealth.Alerting.Rules;

/// <summary>What a rule does when nothing can be measured. None of them resolves an incident: devices that fail are the ones that cannot report.</summary>
public enum NoDataPolicy
{
    /// <summary>The alert keeps its state and says since when it is stale.</summary>
    Hold = 1,

    /// <summary>The same, and an alert of its own opens when a whole window stays empty.</summary>
    Alert = 2,
}
