"""Other names that people give to the columns that several tabs have."""

MAIL = ("E-mail", "Email", "Courriel", "Mél", "Adresse mail", "Adresse e-mail", "Adresse électronique")
PHONE = ("Tél.", "Tél", "Numéro de téléphone", "N° de téléphone")
LAST_NAME = ("Nom de famille",)
REMARKS = ("Remarque", "Commentaire", "Commentaires", "Observations", "Notes")
STARTED, ENDED = ("Depuis", "Date de début"), ("Jusqu’à", "Date de fin")
LEFT = ("Sortie", "Date de sortie")
