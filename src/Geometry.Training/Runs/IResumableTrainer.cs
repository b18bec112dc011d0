namespace Geometry.Training;

/// <summary>An engine that trains many runs at once for long, and can go on in the middle of them.</summary>
public interface IResumableTrainer : ITrainer
{
    /// <summary>Where the state of runs in the middle of their training is kept; null for nowhere.</summary>
    IStateStore? States { get; set; }
}

/// <summary>Keeps one state, the last that was saved.</summary>
public interface IStateStore
{
    /// <summary>The state, as it was saved; null where there is none, or only a damaged one.</summary>
    byte[]? Load();

    /// <summary>Replaces the state: afterwards either is there whole, whatever happens.</summary>
    /// <param name="state">The engine's own bytes.</param>
    void Save(byte[] state);
}
