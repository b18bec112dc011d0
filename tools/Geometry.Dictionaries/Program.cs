// Dictionaries whose planes are known, and what `geometry planes` finds in them; see docs/planes.md.
using System.Globalization;
using Geometry.Planted;

const string Usage = """
    usage: Geometry.Planted recall [distance=0.1,0.2,0.3] [sigma=0.02,…] [epsilon=…] [the dictionary's keys]
             how many planted planes are found
           Geometry.Planted write FILE.npy [distance=0.1] [the dictionary's keys]
             a planted dictionary, and what was planted
           Geometry.Planted calibrate [null=even|spectrum|populations|two-cones|cones] [k=1,2,3] [features=1500 dim=64 dictionaries=40
             tries=400 anisotropy=0.5 cone-cosine=0.85 seed=1]
             how often chance gives so small a p
           Geometry.Planted false [null=even,spectrum,populations,two-cones] [fdr=0.01,0.1,0.5] [features=1500 dim=64 dictionaries=100
             anisotropy=0.5 seed=1]
             planes found where there are none
           Geometry.Planted autoencoders [out=FOLDER sizes=0.5,1,2,4,8 steps=3000 penalty=0.2 rate=0.002 seed=1]
             which planes of a known model dictionaries keep
    keys of a dictionary: features dim planes duplicates cones cone-cosine anisotropy seed; of a search: max-plane-dim threads verbose=1
    """;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    switch (args.FirstOrDefault())
    {
        case "recall":
            Recall.Run(new Arguments(args[1..]));
            return 0;
        case "calibrate":
            Calibrate.Run(new Arguments(args[1..]));
            return 0;
        case "false":
            FalseDiscoveries.Run(new Arguments(args[1..]));
            return 0;
        case "autoencoders":
            Autoencoders.Run(new Arguments(args[1..]));
            return 0;
        case "write" when args.Length > 1:
            PlantedFile.Run(args[1], new Arguments(args[2..]));
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
